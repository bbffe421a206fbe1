import type { IExecuteFunctions } from 'n8n-workflow';

/** What the template itself is made of; any other node behind this one tells somebody. */
const PLUMBING =
	/\.(set|if|switch|filter|splitOut|merge|wait|noOp|dataTable|gpToProcore|gpToProcoreEngine)$/;

/**
 * Names of the notification nodes behind this one that are switched on. A node that is off hands
 * its input on, and so does one that is on and could not begin; who was told can only be said with
 * this list.
 */
export function channelsOf(context: IExecuteFunctions): string[] {
	return context
		.getChildNodes(context.getNode().name)
		.filter(({ type, disabled }) => !disabled && !PLUMBING.test(type))
		.map(({ name }) => name);
}
