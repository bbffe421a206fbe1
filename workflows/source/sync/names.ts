/** What the parts of the sync template share. */
const PACKAGE = 'n8n-nodes-dynamics-gp-procore';
export const GP = `${PACKAGE}.dynamicsGp`;
export const MAP = `${PACKAGE}.gpToProcore`;
export const PROCORE = `${PACKAGE}.procore`;

/** What every node of a batch works from. */
export const BATCH = "$('Begin batch').first().json";
export const STATE = `${BATCH}.state`;

export const ONCE = { executeOnce: true };
/** A read that finds nothing still hands on one empty item, so that the chain goes on. */
export const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };

/** Expression: all rows a Data Table node read. */
export const rows = (node: string) => `={{ $('${node}').all().map(row => row.json) }}`;

/** Expression: the same of a node that not every batch comes by. */
export const rowsIfRead = (node: string) =>
	`={{ $('${node}').isExecuted ? $('${node}').all().map(row => row.json) : [] }}`;

export const ENTITY_OF = "{ vendors: 'vendor', accounts: 'account', payables: 'payable' }";
