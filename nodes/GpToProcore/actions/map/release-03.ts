import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether the node is version 1 of GP to Procore, whose fields had places of one company as defaults. */
export function isOfRelease03(context: IExecuteFunctions): boolean {
	const { type, typeVersion } = context.getNode();
	return type.endsWith('gpToProcore') && typeVersion < 2;
}
