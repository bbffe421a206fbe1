/** What the parts of the replay template share. */
export const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
export const ONCE = { executeOnce: true };
/** A read that finds nothing still hands on one empty item, so that the chain goes on. */
export const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };
export const ASKED = "$('What is asked for').first().json";
export const PLAN = "$('Plan requests').first().json";
export const rows = (node: string) => `$('${node}').all().map(row => row.json)`;
