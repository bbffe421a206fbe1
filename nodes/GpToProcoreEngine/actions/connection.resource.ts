import type { IExecuteFunctions } from 'n8n-workflow';

import type { RunRow } from '../../../lib/audit/event-row';
import { checkGpAccess } from '../../../lib/gp/check-access';
import { type ConnectionCheck, checksInWords } from '../../../lib/model/connection-check';
import { ConnectorError } from '../../../lib/model/connector-error';
import { redactText } from '../../../lib/model/redact';
import { checkProcoreAccess } from '../../../lib/procore/check-access';
import { connectionOptions } from '../../DynamicsGp/descriptions/connection-options.description';
import { openGpConnection } from '../../DynamicsGp/transport/gp-connection';
import { connect } from '../../Procore/transport/connect';
import { freshLogin } from '../../Procore/transport/fresh-login';
import { toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList } from '../../shared/read-values';

const noCredential = (system: ConnectionCheck['system']): ConnectionCheck => ({
	system,
	what: 'Credential',
	verdict: 'wrong',
	said: 'None is chosen in the node "Check connections".',
	field: 'Credential',
	remedy: 'Open that node of GP to Procore: setup and choose or create it.',
});

const check: Operation = {
	option: {
		name: 'Check',
		value: 'check',
		action: 'Check both connections',
		description:
			'Prove login, company, permissions and tools of both systems, and say which field is wrong. Only reads.',
	},
	fields: [
		{
			displayName: 'Run Rows',
			name: 'runRows',
			type: 'json',
			default: '[]',
			placeholder: "={{ $('Read runs').all() }}",
			description:
				'Rows of the table gpp_run: of which GP company the runs were, so that a changed database ID is noticed',
			hint: 'Usually an expression that hands over rows of a Data Table read before',
		},
		connectionOptions,
	],
	outputs: ['Checks', 'Summary'] as const,
	/** Each check as an item, and one in words. A fault is a finding here: the node itself does not fail. */
	async execute() {
		const checks = [...(await ofGp(this)), ...(await ofProcore(this))].map((check) => ({
			...check,
			said: redactText(check.said),
		}));
		return [checks.map((check) => toItem(check, 0)), [toItem(checksInWords(checks), 0)]];
	},
};

async function ofGp(context: IExecuteFunctions): Promise<ConnectionCheck[]> {
	const system = 'Dynamics GP';
	if (!context.getNode().credentials?.dynamicsGpApi) return [noCredential(system)];
	try {
		const earlier = readList<RunRow>(context, 'runRows').map(({ gp_company }) => gp_company);
		const credential = await context.getCredentials('dynamicsGpApi');
		const gp = await openGpConnection.call(context);
		try {
			const site = { company: String(credential.company ?? ''), companyId: gp.companyId };
			return await checkGpAccess(gp.client, site, earlier.filter(Boolean));
		} finally {
			gp.close();
		}
	} catch (error) {
		return [broken(system, error)];
	}
}

async function ofProcore(context: IExecuteFunctions): Promise<ConnectionCheck[]> {
	const system = 'Procore';
	if (!context.getNode().credentials?.procoreOAuth2Api) return [noCredential(system)];
	try {
		const login = await freshLogin(context);
		if (login?.verdict === 'wrong') return [login];
		return [...(login ? [login] : []), ...(await checkProcoreAccess(await connect(context)))];
	} catch (error) {
		return [broken(system, error)];
	}
}

/** A setting that does not even let the connection be opened. */
function broken(system: ConnectionCheck['system'], error: unknown): ConnectionCheck {
	const known = error instanceof ConnectorError ? error : null;
	const { description } = (error ?? {}) as { description?: string | null };
	return {
		system,
		what: 'Credential',
		verdict: 'wrong',
		said: error instanceof Error ? error.message : String(error),
		field: typeof known?.details.setting === 'string' ? known.details.setting : 'Credential',
		remedy: known?.remedy ?? description ?? 'Open the credential and check it.',
	};
}

export const connection = resource('connection', 'check', [check]);
