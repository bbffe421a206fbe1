import { rowsIn } from '../node-parameters';

export {
	ENGINE,
	EVEN_IF_EMPTY,
	GP_TO_PROCORE as MAP,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	rows,
} from '../node-parameters';

/** What the parts of the sync template share. */
const PACKAGE = 'n8n-nodes-dynamics-gp-procore';
export const GP = `${PACKAGE}.dynamicsGp`;
export const PROCORE = `${PACKAGE}.procore`;

/** What every node of a batch works from. */
export const BATCH = "$('Begin batch').first().json";
export const STATE = `${BATCH}.state`;
/** Which waiting records it tries again. */
export const TRY_AGAIN = "$('What to try again').first().json";

/** Expression: the same of a node that not every batch comes by; n8n cannot read one that did not run. */
export const rowsIfRead = (node: string) => `={{ $('${node}').isExecuted ? ${rowsIn(node)} : [] }}`;
