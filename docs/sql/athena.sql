-- Tables and views over the archive of Assay for Athena, read in place. Generated from the schemas of the result tables.
-- Athena runs one statement at a time. `dt` and `run` say which night a row is from; view `nights` names the sealed ones.

CREATE DATABASE IF NOT EXISTS assay;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.seals_files (
  `schema` string,
  `kind` string,
  `run` string,
  `seq` bigint,
  `previous` string,
  `sums` string,
  `summary` string,
  `files` bigint,
  `clock` string,
  `sealedAt` string,
  `scope` string,
  `scopeDigest` string,
  `completeness` map<string,bigint>,
  `counts` map<string,bigint>,
  `versions` map<string,string>,
  `input` struct<`source`:string,`digest`:string>,
  `reports` array<struct<`audience`:string,`format`:string,`status`:string,`reason`:string>>,
  `failure` struct<`error`:string,`cause`:string>,
  `key` struct<`sha256`:string,`next`:string>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')
LOCATION 's3://BUCKET/seals/';

CREATE OR REPLACE VIEW assay.seals AS
SELECT * FROM assay.seals_files WHERE "$path" LIKE '%/seal.json';

CREATE OR REPLACE VIEW assay.nights AS
SELECT seq, run, dt, clock, scope, scopeDigest, completeness, counts, versions
FROM (
  SELECT *, substr(clock, 1, 10) AS dt,
    row_number() OVER (PARTITION BY substr(clock, 1, 10), scopeDigest ORDER BY seq DESC) AS place
  FROM assay.seals
  WHERE kind = 'night'
) AS sealed
WHERE place = 1;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.accounts_files (
  `id` string,
  `account` string,
  `name` string,
  `ou` array<string>,
  `owner` string,
  `ownerRead` boolean,
  `state` string,
  `status` string,
  `reason` string,
  `attempt` bigint,
  `regions` bigint,
  `regionsAssumed` boolean,
  `untrackedRegions` array<string>,
  `credentialReportAt` string,
  `gaps` bigint,
  `figures` array<struct<`id`:string,`basis`:string,`kind`:string,`class`:string,`population`:string,`numerator`:bigint,`denominator`:bigint,`untrackable`:bigint,`unread`:bigint,`excepted`:bigint>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/accounts/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/accounts/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.accounts AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.accounts_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.identities_files (
  `id` string,
  `account` string,
  `arn` string,
  `name` string,
  `kind` string,
  `agent` string,
  `created` string,
  `tooNew` boolean,
  `activity` string,
  `lastUsed` string,
  `lastUsedSource` string,
  `unread` string,
  `sensitive` struct<`effective`:struct<`held`:bigint,`used`:bigint,`unused`:bigint,`untrackable`:bigint,`unread`:bigint>,`nominal`:struct<`held`:bigint,`used`:bigint,`unused`:bigint,`untrackable`:bigint,`unread`:bigint>>,
  `escalation` array<string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/identities/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/identities/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.identities AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.identities_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.permissions_files (
  `id` string,
  `account` string,
  `arn` string,
  `kind` string,
  `nominal` string,
  `effective` string,
  `state` string,
  `actions` array<string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/permissions/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/permissions/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.permissions AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.permissions_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.credentials_files (
  `id` string,
  `account` string,
  `user` string,
  `service` string,
  `credentialId` string,
  `status` string,
  `created` string,
  `expires` string,
  `phantom` boolean,
  `ai` boolean,
  `live` boolean,
  `ageDays` bigint,
  `lastUse` struct<`state`:string,`at`:string,`sole`:boolean>,
  `use` string
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/credentials/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/credentials/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.credentials AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.credentials_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.key_holders_files (
  `id` string,
  `account` string,
  `user` string,
  `arn` string,
  `created` string,
  `phantom` boolean,
  `state` string,
  `unread` string,
  `credentials` bigint,
  `live` bigint,
  `owner` string,
  `others` struct<`password`:boolean,`accessKeys`:bigint,`accessKeysInactive`:bigint,`sshKeys`:bigint,`certificates`:bigint>,
  `gained` string,
  `consolePolicies` array<string>,
  `otherPolicies` array<string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/key-holders/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/key-holders/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.key_holders AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.key_holders_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.key_powers_files (
  `id` string,
  `account` string,
  `arn` string,
  `kind` string,
  `make` map<string,string>,
  `call` map<string,string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/key-powers/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/key-powers/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.key_powers AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.key_powers_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.logging_files (
  `id` string,
  `account` string,
  `region` string,
  `eventClass` string,
  `core` boolean,
  `status` string,
  `by` array<string>,
  `why` string,
  `witness` string
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/logging/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/logging/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.logging AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.logging_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.logging_fixes_files (
  `id` string,
  `account` string,
  `target` string,
  `runIn` string,
  `region` string,
  `steps` array<string>,
  `closes` array<struct<`eventClass`:string,`regions`:array<string>>>,
  `costDriver` string,
  `costs` array<struct<`eventClass`:string,`oneEventPer`:string>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/logging-fixes/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/logging-fixes/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.logging_fixes AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.logging_fixes_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.guardrails_files (
  `id` string,
  `account` string,
  `guardrail` string,
  `grade` string,
  `why` string,
  `probes` bigint,
  `open` bigint,
  `by` array<string>,
  `exemptions` array<struct<`key`:string,`values`:array<string>,`broad`:boolean,`existing`:array<string>,`free`:boolean,`used`:boolean>>,
  `faults` array<struct<`fault`:string,`policy`:string,`statement`:string>>,
  `witness` struct<`principal`:string,`action`:string,`resource`:string,`resourceAccount`:string,`context`:string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/guardrails/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/guardrails/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.guardrails AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.guardrails_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.findings_files (
  `id` string,
  `account` string,
  `control` string,
  `version` bigint,
  `severity` string,
  `status` string,
  `resourceType` string,
  `resource` string,
  `region` string,
  `reason` string,
  `evidence` string,
  `thresholds` map<string,double>,
  `gap` string,
  `remedy` struct<`text`:string,`command`:string>,
  `exception` string
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/findings/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/findings/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.findings AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.findings_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.agents_files (
  `id` string,
  `account` string,
  `arn` string,
  `name` string,
  `kind` string,
  `services` array<string>,
  `audiences` array<string>,
  `deputy` string,
  `why` string,
  `sourceless` boolean,
  `witness` struct<`principal`:string,`action`:string,`resource`:string,`context`:string>,
  `activity` string,
  `tooNew` boolean,
  `sensitive` struct<`held`:bigint,`used`:bigint,`unused`:bigint,`untrackable`:bigint,`unread`:bigint>,
  `classes` array<string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/agents/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/agents/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.agents AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.agents_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.takeovers_files (
  `id` string,
  `account` string,
  `arn` string,
  `name` string,
  `kind` string,
  `agent` string,
  `actions` array<string>,
  `objects` array<string>,
  `certainty` string,
  `state` string,
  `owns` array<string>,
  `unowned` array<string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/takeovers/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/takeovers/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.takeovers AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.takeovers_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.workspaces_files (
  `id` string,
  `account` string,
  `region` string,
  `workspace` string,
  `name` string,
  `sources` array<string>,
  `lastEvent` string,
  `admins` struct<`listed`:boolean,`allowed`:bigint,`conditional`:bigint,`unread`:bigint,`named`:array<string>>,
  `users` struct<`listed`:boolean,`allowed`:bigint,`conditional`:bigint,`unread`:bigint,`named`:array<string>>,
  `fence` struct<`data`:string,`admin`:string>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/workspaces/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/workspaces/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.workspaces AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.workspaces_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.practices_files (
  `id` string,
  `account` string,
  `practice` string,
  `state` string,
  `management` boolean,
  `parts` array<struct<`part`:string,`state`:string,`evidence`:string>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/practices/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/practices/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.practices AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.practices_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.forwarding_files (
  `id` string,
  `account` string,
  `eventClass` string,
  `core` boolean,
  `grade` string,
  `regions` map<string,bigint>,
  `routes` array<struct<`kind`:string,`name`:string,`to`:array<string>>>,
  `why` string,
  `missing` string,
  `target` string,
  `runIn` string,
  `command` string
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/forwarding/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/forwarding/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.forwarding AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.forwarding_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.actions_files (
  `id` string,
  `account` string,
  `kind` string,
  `owner` string,
  `what` string,
  `command` string,
  `policy` string,
  `blast` struct<`accounts`:bigint,`identities`:bigint,`used`:bigint,`words`:string>,
  `severity` string,
  `findings` array<string>,
  `effects` array<struct<`metric`:string,`numerator`:bigint,`denominator`:bigint,`untrackable`:bigint,`unread`:bigint>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/actions/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/actions/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.actions AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.actions_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.gaps_files (
  `id` string,
  `account` string,
  `region` string,
  `collector` string,
  `operation` string,
  `gap` string,
  `cause` string,
  `remedy` string
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/gaps/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/gaps/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.gaps AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.gaps_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.changes_files (
  `id` string,
  `account` string,
  `control` string,
  `severity` string,
  `resourceType` string,
  `resource` string,
  `region` string,
  `kind` string,
  `cause` string,
  `before` string,
  `after` string,
  `open` boolean,
  `exception` string,
  `remedy` struct<`text`:string,`command`:string>,
  `steps` array<struct<`dt`:string,`kind`:string,`cause`:string>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/changes/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/changes/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.changes AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.changes_files;

CREATE EXTERNAL TABLE IF NOT EXISTS assay.summary_files (
  `schema` string,
  `scope` struct<`source`:string,`organization`:string,`managementAccount`:string,`accountsFrom`:string,`note`:string,`digest`:string>,
  `completeness` struct<`accounts`:struct<`discovered`:bigint,`measured`:bigint,`partial`:bigint,`failed`:bigint,`suspended`:bigint,`skipped`:bigint>,`identities`:struct<`counted`:bigint,`known`:bigint,`unread`:bigint,`byKind`:map<string,bigint>,`apart`:struct<`tooNew`:bigint,`serviceLinkedRole`:bigint,`breakGlass`:bigint,`assayReader`:bigint>>,`gaps`:array<struct<`code`:string,`operation`:string,`cause`:string,`remedy`:string,`count`:bigint,`accounts`:bigint>>,`openings`:array<struct<`remedy`:string,`operations`:array<string>,`accounts`:bigint>>,`accountsNotMeasured`:array<struct<`account`:string,`name`:string,`status`:string,`causes`:array<string>>>,`freshness`:struct<`credentialReportOldest`:string,`credentialReportNewest`:string,`iamLagHours`:bigint>,`regions`:struct<`accountsAssumed`:bigint,`accountsUntracked`:array<string>>>,
  `counts` struct<`users`:bigint,`aiKeyUsers`:bigint,`aiKeyUsersUnread`:bigint,`aiKeysLive`:bigint,`aiKeysLiveNotDenied`:bigint,`aiKeysLiveNeverExpiring`:bigint,`aiKeysLiveOnPhantomUsers`:bigint,`aiKeysExpired`:bigint,`aiKeysInactive`:bigint,`phantomUsers`:bigint,`phantomUsersWithoutLiveKey`:bigint,`phantomUsersLiveKey`:bigint,`phantomUsersInactiveOnly`:bigint,`phantomUsersExpiredOnly`:bigint,`phantomUsersOrphaned`:bigint,`phantomUsersNotMeasured`:bigint,`phantomUsersGained`:bigint,`phantomUsersGainedNotMeasured`:bigint>,
  `agents` struct<`roles`:bigint,`rolesUnread`:bigint,`rolesForOthers`:bigint,`takeovers`:bigint,`takeoversUnowned`:bigint,`takeoversUnread`:bigint,`workspaces`:bigint,`workspacesOpen`:bigint,`accountsNotMeasured`:bigint>,
  `metrics` array<struct<`id`:string,`version`:bigint,`unit`:string,`scope`:string,`basis`:string,`worse`:string,`numerator`:bigint,`denominator`:bigint,`untrackable`:bigint,`unread`:bigint,`unknown`:bigint,`lower`:double,`upper`:double,`pessimistic`:double,`open`:boolean,`accountsNotMeasured`:array<string>,`excepted`:bigint,`withExceptions`:struct<`numerator`:bigint,`lower`:double,`upper`:double,`pessimistic`:double>>>,
  `leftOut` array<struct<`id`:string,`accountsNotMeasured`:array<string>>>,
  `logging` array<struct<`eventClass`:string,`core`:boolean,`cells`:map<string,bigint>>>,
  `findings` map<string,bigint>,
  `findingsBySeverity` struct<`critical`:map<string,bigint>,`high`:map<string,bigint>,`medium`:map<string,bigint>,`low`:map<string,bigint>>,
  `excepted` struct<`findings`:bigint,`bySeverity`:struct<`critical`:bigint,`high`:bigint,`medium`:bigint,`low`:bigint>>,
  `exceptions` array<struct<`id`:string,`controls`:array<string>,`accounts`:array<string>,`resources`:array<string>,`owner`:string,`reason`:string,`approver`:string,`expires`:string,`status`:string,`findings`:bigint,`notMeasured`:bigint,`returned`:bigint>>,
  `controls` array<struct<`id`:string,`version`:bigint,`title`:string,`severity`:string,`scope`:string,`resourceType`:string,`method`:string,`operations`:array<string>,`thresholds`:map<string,double>,`frameworks`:map<string,array<string>>,`findings`:map<string,bigint>,`accounts`:map<string,bigint>,`excepted`:struct<`findings`:bigint,`accounts`:bigint>>>,
  `requirements` array<struct<`framework`:string,`id`:string,`label`:string,`proposal`:boolean,`controls`:array<string>,`metrics`:array<string>,`answers`:string,`notCovered`:string,`laxer`:string,`result`:string,`findings`:map<string,bigint>,`excepted`:bigint,`rate`:struct<`numerator`:bigint,`denominator`:bigint,`unread`:bigint,`lower`:double,`upper`:double,`pessimistic`:double,`open`:boolean>,`accounts`:map<string,bigint>,`organization`:string>>,
  `practices` array<struct<`practice`:string,`state`:string,`accounts`:map<string,bigint>,`management`:string,`parts`:array<struct<`part`:string,`accounts`:map<string,bigint>>>>>,
  `forwarding` array<struct<`eventClass`:string,`core`:boolean,`accounts`:map<string,bigint>>>,
  `ous` array<struct<`id`:string,`name`:string,`parent`:string>>,
  `sensitive` struct<`list`:string,`version`:bigint,`permissions`:bigint,`catalogue`:string,`unclassified`:array<string>>,
  `actions` struct<`changes`:bigint,`entries`:bigint,`queue`:array<struct<`id`:string,`kind`:string,`owner`:string,`central`:boolean,`what`:string,`command`:string,`policy`:string,`where`:string,`changes`:bigint,`accounts`:bigint,`identities`:bigint,`used`:bigint,`usedUnknown`:bigint,`words`:string,`severity`:string,`findings`:bigint,`moves`:array<struct<`metric`:string,`before`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`after`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`gain`:double,`open`:boolean>>,`first`:array<struct<`account`:string,`what`:string,`command`:string>>>>,`kinds`:array<struct<`kind`:string,`changes`:bigint,`owners`:bigint,`accounts`:bigint,`findings`:bigint,`moves`:array<struct<`metric`:string,`before`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`after`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`gain`:double,`open`:boolean>>>>,`figures`:array<struct<`metric`:string,`before`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`open`:boolean,`best`:array<struct<`id`:string,`after`:struct<`numerator`:bigint,`denominator`:bigint,`lower`:double,`upper`:double>,`gain`:double>>>>>,
  `notBuilt` array<struct<`id`:string,`what`:string>>
)
PARTITIONED BY (`dt` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/results/summary/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://BUCKET/results/summary/dt=${dt}/'
);

CREATE OR REPLACE VIEW assay.summary AS
SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM assay.summary_files;

CREATE OR REPLACE VIEW assay.figures AS
SELECT n.dt, n.run, n.clock, n.scopeDigest,
  f.id,
  f.version,
  f.unit,
  f.scope,
  f.basis,
  f.worse,
  f.numerator,
  f.denominator,
  f.untrackable,
  f.unread,
  f.unknown,
  f.lower,
  f.upper,
  f.pessimistic,
  f.open,
  f.accountsNotMeasured,
  f.excepted,
  f.withExceptions
FROM assay.nights AS n JOIN assay.summary AS s ON s.run = n.run AND s.dt = n.dt
CROSS JOIN UNNEST(s.metrics) AS f(id, version, unit, scope, basis, worse, numerator, denominator, untrackable, unread, unknown, lower, upper, pessimistic, open, accountsNotMeasured, excepted, withExceptions);
