-- Views over the archive of Assay for DuckDB, read in place. Generated from the schemas of the result tables.
-- `dt` and `run` say which night a row is from; view `nights` names the sealed ones.

CREATE OR REPLACE VIEW "seals" AS SELECT *
FROM read_json(
  'seals/*/seal.json',
  format = 'newline_delimited',
  columns = {
    "schema": 'VARCHAR',
    "kind": 'VARCHAR',
    "run": 'VARCHAR',
    "seq": 'BIGINT',
    "previous": 'VARCHAR',
    "sums": 'VARCHAR',
    "summary": 'VARCHAR',
    "files": 'BIGINT',
    "clock": 'VARCHAR',
    "sealedAt": 'VARCHAR',
    "scope": 'VARCHAR',
    "scopeDigest": 'VARCHAR',
    "completeness": 'MAP(VARCHAR, BIGINT)',
    "counts": 'MAP(VARCHAR, BIGINT)',
    "versions": 'MAP(VARCHAR, VARCHAR)',
    "input": 'STRUCT("source" VARCHAR, "digest" VARCHAR)',
    "reports": 'STRUCT("audience" VARCHAR, "format" VARCHAR, "status" VARCHAR, "reason" VARCHAR)[]',
    "failure": 'STRUCT("error" VARCHAR, "cause" VARCHAR)',
    "key": 'STRUCT("sha256" VARCHAR, "next" VARCHAR)'
  }
);

CREATE OR REPLACE VIEW "nights" AS
SELECT seq, run, dt, clock, scope, scopeDigest, completeness, counts, versions
FROM (
  SELECT *, substr(clock, 1, 10) AS dt,
    row_number() OVER (PARTITION BY substr(clock, 1, 10), scopeDigest ORDER BY seq DESC) AS place
  FROM "seals"
  WHERE kind = 'night'
) AS sealed
WHERE place = 1;

CREATE OR REPLACE VIEW "accounts" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "name": 'VARCHAR',
    "ou": 'VARCHAR[]',
    "owner": 'VARCHAR',
    "ownerRead": 'BOOLEAN',
    "state": 'VARCHAR',
    "status": 'VARCHAR',
    "reason": 'VARCHAR',
    "attempt": 'BIGINT',
    "regions": 'BIGINT',
    "regionsAssumed": 'BOOLEAN',
    "untrackedRegions": 'VARCHAR[]',
    "credentialReportAt": 'VARCHAR',
    "gaps": 'BIGINT',
    "figures": 'STRUCT("id" VARCHAR, "basis" VARCHAR, "kind" VARCHAR, "class" VARCHAR, "population" VARCHAR, "numerator" BIGINT, "denominator" BIGINT, "untrackable" BIGINT, "unread" BIGINT, "excepted" BIGINT)[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/accounts/');

CREATE OR REPLACE VIEW "identities" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "arn": 'VARCHAR',
    "name": 'VARCHAR',
    "kind": 'VARCHAR',
    "agent": 'VARCHAR',
    "created": 'VARCHAR',
    "tooNew": 'BOOLEAN',
    "activity": 'VARCHAR',
    "lastUsed": 'VARCHAR',
    "lastUsedSource": 'VARCHAR',
    "unread": 'JSON',
    "sensitive": 'STRUCT("effective" STRUCT("held" BIGINT, "used" BIGINT, "unused" BIGINT, "untrackable" BIGINT, "unread" BIGINT), "nominal" STRUCT("held" BIGINT, "used" BIGINT, "unused" BIGINT, "untrackable" BIGINT, "unread" BIGINT))',
    "escalation": 'VARCHAR[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/identities/');

CREATE OR REPLACE VIEW "permissions" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "arn": 'VARCHAR',
    "kind": 'VARCHAR',
    "nominal": 'VARCHAR',
    "effective": 'VARCHAR',
    "state": 'VARCHAR',
    "actions": 'VARCHAR[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/permissions/');

CREATE OR REPLACE VIEW "credentials" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "user": 'VARCHAR',
    "service": 'VARCHAR',
    "credentialId": 'VARCHAR',
    "status": 'VARCHAR',
    "created": 'VARCHAR',
    "expires": 'VARCHAR',
    "phantom": 'BOOLEAN',
    "ai": 'BOOLEAN',
    "live": 'BOOLEAN',
    "ageDays": 'BIGINT',
    "lastUse": 'STRUCT("state" VARCHAR, "at" VARCHAR, "sole" BOOLEAN)',
    "use": 'VARCHAR'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/credentials/');

CREATE OR REPLACE VIEW "key_holders" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "user": 'VARCHAR',
    "arn": 'VARCHAR',
    "created": 'VARCHAR',
    "phantom": 'BOOLEAN',
    "state": 'VARCHAR',
    "unread": 'JSON',
    "credentials": 'BIGINT',
    "live": 'BIGINT',
    "owner": 'VARCHAR',
    "others": 'STRUCT("password" BOOLEAN, "accessKeys" BIGINT, "accessKeysInactive" BIGINT, "sshKeys" BIGINT, "certificates" BIGINT)',
    "gained": 'VARCHAR',
    "consolePolicies": 'VARCHAR[]',
    "otherPolicies": 'VARCHAR[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/key-holders/');

CREATE OR REPLACE VIEW "key_powers" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "arn": 'VARCHAR',
    "kind": 'VARCHAR',
    "make": 'MAP(VARCHAR, VARCHAR)',
    "call": 'MAP(VARCHAR, VARCHAR)'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/key-powers/');

CREATE OR REPLACE VIEW "logging" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "region": 'VARCHAR',
    "eventClass": 'VARCHAR',
    "core": 'BOOLEAN',
    "status": 'VARCHAR',
    "by": 'VARCHAR[]',
    "why": 'VARCHAR',
    "witness": 'JSON'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/logging/');

CREATE OR REPLACE VIEW "logging_fixes" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "target": 'VARCHAR',
    "runIn": 'VARCHAR',
    "region": 'VARCHAR',
    "steps": 'VARCHAR[]',
    "closes": 'STRUCT("eventClass" VARCHAR, "regions" VARCHAR[])[]',
    "costDriver": 'VARCHAR',
    "costs": 'STRUCT("eventClass" VARCHAR, "oneEventPer" VARCHAR)[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/logging-fixes/');

CREATE OR REPLACE VIEW "guardrails" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "guardrail": 'VARCHAR',
    "grade": 'VARCHAR',
    "why": 'VARCHAR',
    "probes": 'BIGINT',
    "open": 'BIGINT',
    "by": 'VARCHAR[]',
    "exemptions": 'STRUCT("key" VARCHAR, "values" VARCHAR[], "broad" BOOLEAN, "existing" VARCHAR[], "free" BOOLEAN, "used" BOOLEAN)[]',
    "faults": 'STRUCT("fault" VARCHAR, "policy" VARCHAR, "statement" VARCHAR)[]',
    "witness": 'STRUCT("principal" VARCHAR, "action" VARCHAR, "resource" VARCHAR, "resourceAccount" VARCHAR, "context" JSON)'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/guardrails/');

CREATE OR REPLACE VIEW "findings" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "control": 'VARCHAR',
    "version": 'BIGINT',
    "severity": 'VARCHAR',
    "status": 'VARCHAR',
    "resourceType": 'VARCHAR',
    "resource": 'VARCHAR',
    "region": 'VARCHAR',
    "reason": 'VARCHAR',
    "evidence": 'JSON',
    "thresholds": 'MAP(VARCHAR, DOUBLE)',
    "gap": 'JSON',
    "remedy": 'STRUCT("text" VARCHAR, "command" VARCHAR)',
    "exception": 'VARCHAR'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/findings/');

CREATE OR REPLACE VIEW "agents" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "arn": 'VARCHAR',
    "name": 'VARCHAR',
    "kind": 'VARCHAR',
    "services": 'VARCHAR[]',
    "audiences": 'VARCHAR[]',
    "deputy": 'VARCHAR',
    "why": 'VARCHAR',
    "sourceless": 'BOOLEAN',
    "witness": 'STRUCT("principal" VARCHAR, "action" VARCHAR, "resource" VARCHAR, "context" JSON)',
    "activity": 'VARCHAR',
    "tooNew": 'BOOLEAN',
    "sensitive": 'STRUCT("held" BIGINT, "used" BIGINT, "unused" BIGINT, "untrackable" BIGINT, "unread" BIGINT)',
    "classes": 'VARCHAR[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/agents/');

CREATE OR REPLACE VIEW "takeovers" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "arn": 'VARCHAR',
    "name": 'VARCHAR',
    "kind": 'VARCHAR',
    "agent": 'VARCHAR',
    "actions": 'VARCHAR[]',
    "objects": 'VARCHAR[]',
    "certainty": 'VARCHAR',
    "state": 'VARCHAR',
    "owns": 'VARCHAR[]',
    "unowned": 'VARCHAR[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/takeovers/');

CREATE OR REPLACE VIEW "workspaces" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "region": 'VARCHAR',
    "workspace": 'VARCHAR',
    "name": 'VARCHAR',
    "sources": 'VARCHAR[]',
    "lastEvent": 'VARCHAR',
    "admins": 'STRUCT("listed" BOOLEAN, "allowed" BIGINT, "conditional" BIGINT, "unread" BIGINT, "named" VARCHAR[])',
    "users": 'STRUCT("listed" BOOLEAN, "allowed" BIGINT, "conditional" BIGINT, "unread" BIGINT, "named" VARCHAR[])',
    "fence": 'STRUCT("data" VARCHAR, "admin" VARCHAR)'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/workspaces/');

CREATE OR REPLACE VIEW "practices" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "practice": 'VARCHAR',
    "state": 'VARCHAR',
    "management": 'BOOLEAN',
    "parts": 'STRUCT("part" VARCHAR, "state" VARCHAR, "evidence" VARCHAR)[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/practices/');

CREATE OR REPLACE VIEW "forwarding" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "eventClass": 'VARCHAR',
    "core": 'BOOLEAN',
    "grade": 'VARCHAR',
    "regions": 'MAP(VARCHAR, BIGINT)',
    "routes": 'STRUCT("kind" VARCHAR, "name" VARCHAR, "to" VARCHAR[])[]',
    "why": 'VARCHAR',
    "missing": 'VARCHAR',
    "target": 'VARCHAR',
    "runIn": 'VARCHAR',
    "command": 'VARCHAR'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/forwarding/');

CREATE OR REPLACE VIEW "actions" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "kind": 'VARCHAR',
    "owner": 'VARCHAR',
    "what": 'VARCHAR',
    "command": 'VARCHAR',
    "policy": 'JSON',
    "blast": 'STRUCT("accounts" BIGINT, "identities" BIGINT, "used" BIGINT, "words" VARCHAR)',
    "severity": 'VARCHAR',
    "findings": 'VARCHAR[]',
    "effects": 'STRUCT("metric" VARCHAR, "numerator" BIGINT, "denominator" BIGINT, "untrackable" BIGINT, "unread" BIGINT)[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/actions/');

CREATE OR REPLACE VIEW "gaps" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "region": 'VARCHAR',
    "collector": 'VARCHAR',
    "operation": 'VARCHAR',
    "gap": 'JSON',
    "cause": 'VARCHAR',
    "remedy": 'VARCHAR'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/gaps/');

CREATE OR REPLACE VIEW "changes" AS SELECT * EXCLUDE (filename)
FROM read_json(
  'results/*/dt=*/run=*/*.jsonl.gz',
  format = 'newline_delimited',
  columns = {
    "id": 'VARCHAR',
    "account": 'VARCHAR',
    "control": 'VARCHAR',
    "severity": 'VARCHAR',
    "resourceType": 'VARCHAR',
    "resource": 'VARCHAR',
    "region": 'VARCHAR',
    "kind": 'VARCHAR',
    "cause": 'VARCHAR',
    "before": 'VARCHAR',
    "after": 'VARCHAR',
    "open": 'BOOLEAN',
    "exception": 'VARCHAR',
    "remedy": 'STRUCT("text" VARCHAR, "command" VARCHAR)',
    "steps": 'STRUCT("dt" VARCHAR, "kind" VARCHAR, "cause" VARCHAR)[]'
  },
  compression = 'gzip',
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR},
  filename = true
)
WHERE starts_with(filename, 'results/changes/');

CREATE OR REPLACE VIEW "summary" AS SELECT *
FROM read_json(
  'results/summary/dt=*/run=*/summary.json',
  format = 'newline_delimited',
  columns = {
    "schema": 'VARCHAR',
    "scope": 'STRUCT("source" VARCHAR, "organization" VARCHAR, "managementAccount" VARCHAR, "accountsFrom" VARCHAR, "note" VARCHAR, "digest" VARCHAR)',
    "completeness": 'STRUCT("accounts" STRUCT("discovered" BIGINT, "measured" BIGINT, "partial" BIGINT, "failed" BIGINT, "suspended" BIGINT, "skipped" BIGINT), "identities" STRUCT("counted" BIGINT, "known" BIGINT, "unread" BIGINT, "byKind" MAP(VARCHAR, BIGINT), "apart" STRUCT("tooNew" BIGINT, "serviceLinkedRole" BIGINT, "breakGlass" BIGINT, "assayReader" BIGINT)), "gaps" STRUCT("code" VARCHAR, "operation" VARCHAR, "cause" VARCHAR, "remedy" VARCHAR, "count" BIGINT, "accounts" BIGINT)[], "openings" STRUCT("remedy" VARCHAR, "operations" VARCHAR[], "accounts" BIGINT)[], "accountsNotMeasured" STRUCT("account" VARCHAR, "name" VARCHAR, "status" VARCHAR, "causes" VARCHAR[])[], "freshness" STRUCT("credentialReportOldest" VARCHAR, "credentialReportNewest" VARCHAR, "iamLagHours" BIGINT), "regions" STRUCT("accountsAssumed" BIGINT, "accountsUntracked" VARCHAR[]))',
    "counts": 'STRUCT("users" BIGINT, "aiKeyUsers" BIGINT, "aiKeyUsersUnread" BIGINT, "aiKeysLive" BIGINT, "aiKeysLiveNotDenied" BIGINT, "aiKeysLiveNeverExpiring" BIGINT, "aiKeysLiveOnPhantomUsers" BIGINT, "aiKeysExpired" BIGINT, "aiKeysInactive" BIGINT, "phantomUsers" BIGINT, "phantomUsersWithoutLiveKey" BIGINT, "phantomUsersLiveKey" BIGINT, "phantomUsersInactiveOnly" BIGINT, "phantomUsersExpiredOnly" BIGINT, "phantomUsersOrphaned" BIGINT, "phantomUsersNotMeasured" BIGINT, "phantomUsersGained" BIGINT, "phantomUsersGainedNotMeasured" BIGINT)',
    "agents": 'STRUCT("roles" BIGINT, "rolesUnread" BIGINT, "rolesForOthers" BIGINT, "takeovers" BIGINT, "takeoversUnowned" BIGINT, "takeoversUnread" BIGINT, "workspaces" BIGINT, "workspacesOpen" BIGINT, "accountsNotMeasured" BIGINT)',
    "metrics": 'STRUCT("id" VARCHAR, "version" BIGINT, "unit" VARCHAR, "scope" VARCHAR, "basis" VARCHAR, "worse" VARCHAR, "numerator" BIGINT, "denominator" BIGINT, "untrackable" BIGINT, "unread" BIGINT, "unknown" BIGINT, "lower" DOUBLE, "upper" DOUBLE, "pessimistic" DOUBLE, "open" BOOLEAN, "accountsNotMeasured" VARCHAR[], "excepted" BIGINT, "withExceptions" STRUCT("numerator" BIGINT, "lower" DOUBLE, "upper" DOUBLE, "pessimistic" DOUBLE))[]',
    "leftOut": 'STRUCT("id" VARCHAR, "accountsNotMeasured" VARCHAR[])[]',
    "logging": 'STRUCT("eventClass" VARCHAR, "core" BOOLEAN, "cells" MAP(VARCHAR, BIGINT))[]',
    "findings": 'MAP(VARCHAR, BIGINT)',
    "findingsBySeverity": 'STRUCT("critical" MAP(VARCHAR, BIGINT), "high" MAP(VARCHAR, BIGINT), "medium" MAP(VARCHAR, BIGINT), "low" MAP(VARCHAR, BIGINT))',
    "excepted": 'STRUCT("findings" BIGINT, "bySeverity" STRUCT("critical" BIGINT, "high" BIGINT, "medium" BIGINT, "low" BIGINT))',
    "exceptions": 'STRUCT("id" VARCHAR, "controls" VARCHAR[], "accounts" VARCHAR[], "resources" VARCHAR[], "owner" VARCHAR, "reason" VARCHAR, "approver" VARCHAR, "expires" VARCHAR, "status" VARCHAR, "findings" BIGINT, "notMeasured" BIGINT, "returned" BIGINT)[]',
    "controls": 'STRUCT("id" VARCHAR, "version" BIGINT, "title" VARCHAR, "severity" VARCHAR, "scope" VARCHAR, "resourceType" VARCHAR, "method" VARCHAR, "operations" VARCHAR[], "thresholds" MAP(VARCHAR, DOUBLE), "frameworks" MAP(VARCHAR, VARCHAR[]), "findings" MAP(VARCHAR, BIGINT), "accounts" MAP(VARCHAR, BIGINT), "excepted" STRUCT("findings" BIGINT, "accounts" BIGINT))[]',
    "requirements": 'STRUCT("framework" VARCHAR, "id" VARCHAR, "label" VARCHAR, "proposal" BOOLEAN, "controls" VARCHAR[], "metrics" VARCHAR[], "answers" VARCHAR, "notCovered" VARCHAR, "laxer" VARCHAR, "result" VARCHAR, "findings" MAP(VARCHAR, BIGINT), "excepted" BIGINT, "rate" STRUCT("numerator" BIGINT, "denominator" BIGINT, "unread" BIGINT, "lower" DOUBLE, "upper" DOUBLE, "pessimistic" DOUBLE, "open" BOOLEAN), "accounts" MAP(VARCHAR, BIGINT), "organization" VARCHAR)[]',
    "practices": 'STRUCT("practice" VARCHAR, "state" VARCHAR, "accounts" MAP(VARCHAR, BIGINT), "management" VARCHAR, "parts" STRUCT("part" VARCHAR, "accounts" MAP(VARCHAR, BIGINT))[])[]',
    "forwarding": 'STRUCT("eventClass" VARCHAR, "core" BOOLEAN, "accounts" MAP(VARCHAR, BIGINT))[]',
    "ous": 'STRUCT("id" VARCHAR, "name" VARCHAR, "parent" VARCHAR)[]',
    "sensitive": 'STRUCT("list" VARCHAR, "version" BIGINT, "permissions" BIGINT, "catalogue" VARCHAR, "unclassified" VARCHAR[])',
    "actions": 'STRUCT("changes" BIGINT, "entries" BIGINT, "queue" STRUCT("id" VARCHAR, "kind" VARCHAR, "owner" VARCHAR, "central" BOOLEAN, "what" VARCHAR, "command" VARCHAR, "policy" JSON, "where" VARCHAR, "changes" BIGINT, "accounts" BIGINT, "identities" BIGINT, "used" BIGINT, "usedUnknown" BIGINT, "words" VARCHAR, "severity" VARCHAR, "findings" BIGINT, "moves" STRUCT("metric" VARCHAR, "before" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "after" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "gain" DOUBLE, "open" BOOLEAN)[], "first" STRUCT("account" VARCHAR, "what" VARCHAR, "command" VARCHAR)[])[], "kinds" STRUCT("kind" VARCHAR, "changes" BIGINT, "owners" BIGINT, "accounts" BIGINT, "findings" BIGINT, "moves" STRUCT("metric" VARCHAR, "before" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "after" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "gain" DOUBLE, "open" BOOLEAN)[])[], "figures" STRUCT("metric" VARCHAR, "before" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "open" BOOLEAN, "best" STRUCT("id" VARCHAR, "after" STRUCT("numerator" BIGINT, "denominator" BIGINT, "lower" DOUBLE, "upper" DOUBLE), "gain" DOUBLE)[])[])',
    "notBuilt": 'STRUCT("id" VARCHAR, "what" VARCHAR)[]'
  },
  hive_partitioning = true,
  hive_types = {'dt': VARCHAR, 'run': VARCHAR}
);

CREATE OR REPLACE VIEW "figures" AS
SELECT n.dt, n.run, n.clock, n.scopeDigest,
  f."id",
  f."version",
  f."unit",
  f."scope",
  f."basis",
  f."worse",
  f."numerator",
  f."denominator",
  f."untrackable",
  f."unread",
  f."unknown",
  f."lower",
  f."upper",
  f."pessimistic",
  f."open",
  f."accountsNotMeasured",
  f."excepted",
  f."withExceptions"
FROM "nights" AS n JOIN "summary" AS s ON s.run = n.run AND s.dt = n.dt, UNNEST(s.metrics) AS u(f);
