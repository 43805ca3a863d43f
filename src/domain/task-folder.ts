/** The folder under `tasks/` of a workflow's state: `CollectAccount` lies in `collect-account`. */
export const taskFolder = (state: string): string => state.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
