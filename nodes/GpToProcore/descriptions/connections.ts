import type { INodeTypeDescription } from 'n8n-workflow';

/**
 * Inputs and outputs depend on the operation, so they are expressions, which n8n evaluates in the
 * editor and at run time. Order matters: workflows link by position.
 */
const named = (...names: string[]) =>
	JSON.stringify(names.map((displayName) => ({ type: 'main', displayName })));

const RECORD_OUTCOMES =
	'$parameter["resource"] === "run" && $parameter["operation"] === "recordOutcomes"';

export const INPUTS: INodeTypeDescription['inputs'] = `={{ ${RECORD_OUTCOMES} ? ${named('Synced', 'Not Sent')} : [{ type: "main" }] }}`;

export const RECORD_OUTCOMES_OUTPUTS = [
	'Events',
	'Parked',
	'Resolved',
	'New Jobs',
	'New Accounts',
	'Answered Requests',
	'Requests to Repeat',
	'Settled Batches',
	'Progress',
] as const;

const COMPARE = '$parameter["resource"] === "reconciliation"';

export const COMPARE_OUTPUTS = ['Rows', 'Fixes', 'Summary'] as const;

const CLAIM = '$parameter["resource"] === "run" && $parameter["operation"] === "claim"';

export const CLAIM_OUTPUTS = [
	'Go On',
	'Held by Another',
	'Abandoned Runs',
	'Take It',
] as const;

const CROSSWALK = (operation: string) =>
	`$parameter["resource"] === "crosswalk" && $parameter["operation"] === "${operation}"`;

export const CHANGED_OUTPUTS = ['Changed', 'Remember', 'Forget'] as const;
export const SUGGEST_OUTPUTS = ['Projects', 'Accounts', 'Vendors', 'Summary'] as const;

export const OUTPUTS: INodeTypeDescription['outputs'] = `={{ ${RECORD_OUTCOMES} ? ${named(...RECORD_OUTCOMES_OUTPUTS)} : ${CLAIM} ? ${named(...CLAIM_OUTPUTS)} : ${COMPARE} ? ${named(...COMPARE_OUTPUTS)} : ${CROSSWALK('changed')} ? ${named(...CHANGED_OUTPUTS)} : ${CROSSWALK('suggest')} ? ${named(...SUGGEST_OUTPUTS)} : $parameter["operation"] === "map" ? ${named('To Procore', 'Not Sent')} : [{ type: "main" }] }}`;
