// Names for people, machines, roles and permission sets of the demo. Lists are longer than any account needs.

export const people =
  'ada.lindqvist ben.okafor carla.rossi dmitri.volkov elena.garcia farid.haddad greta.hansen hugo.martin ines.silva jonas.weber kofi.mensah lucia.moreno mika.virtanen nora.keller omar.farouk petra.novak'.split(
    ' ',
  );

export const machines =
  'svc-deploy svc-terraform svc-backup svc-etl svc-monitoring svc-billing-export svc-sftp svc-mail-relay svc-scanner svc-reports svc-sync svc-print'.split(
    ' ',
  );

export const purposes =
  'app-runtime batch-loader image-resizer order-events report-builder deploy-pipeline db-migration cache-warmer queue-worker search-indexer audit-export cost-explorer data-science patch-automation incident-tools vendor-access feature-store model-evaluation prompt-archive session-replay edge-router token-broker key-rotation legacy-import'.split(
    ' ',
  );

export const permissionSets =
  'AdministratorAccess ReadOnlyAccess DeveloperAccess SecurityAudit Billing AIPlatformUser'.split(' ');

/** Service-linked roles in the order accounts get them, with the service each belongs to. */
export const linkedServices = [
  { name: 'AWSServiceRoleForSupport', service: 'support.amazonaws.com' },
  { name: 'AWSServiceRoleForOrganizations', service: 'organizations.amazonaws.com' },
  { name: 'AWSServiceRoleForCloudTrail', service: 'cloudtrail.amazonaws.com' },
  { name: 'AWSServiceRoleForConfig', service: 'config.amazonaws.com' },
] as const;
