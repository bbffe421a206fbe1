import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { AuditEventRow } from '../../../lib/audit/event-row';
import {
	type ChangedDecision,
	type SeenDecision,
	crosswalkChanges,
} from '../../../lib/mapping/crosswalk-changes';
import { mappingVersion } from '../../../lib/mapping/settings-check';
import {
	type PickList,
	codeChoices,
	projectChoices,
	projectsOfAccount,
	vendorChoices,
} from '../../../lib/mapping/suggest/crosswalk-rows';
import type { ProjectCrosswalkRow } from '../../../lib/mapping/types';
import { sameGpKey } from '../../../lib/model/keys';
import { redactText } from '../../../lib/model/redact';
import { listCostCodes, readCostCode } from '../../../lib/procore/resources/cost-codes';
import { crosswalkRequests } from '../../../lib/run/requests/make-requests';
import type { RequestRow } from '../../../lib/run/requests/requests';
import {
	readCostTypes,
	readProjects,
	readVendors,
} from '../../GpToProcore/actions/crosswalk/procore-candidates';
import { lastMapping, mappingRowsProperty } from '../../GpToProcore/actions/map/mapping-rows';
import { readMappingInput } from '../../GpToProcore/actions/map/read-mapping-input';
import {
	crosswalkTables,
	procoreProjects,
} from '../../GpToProcore/descriptions/crosswalk.description';
import { connect } from '../../Procore/transport/connect';
import { isBlank, toItem } from '../../shared/item-kinds';
import { type Operation, resource } from '../../shared/operations';
import { readList } from '../../shared/read-values';

const companyProperty: INodeProperties = {
	displayName: 'Company Database ID',
	name: 'company',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. TWO',
	description: 'GP company whose rows are looked at',
};

const changed: Operation = {
	option: {
		name: 'Find Changed',
		value: 'changed',
		action: 'Find changed crosswalk rows',
		description: 'List the rows people edited, added or deleted since the last run',
	},
	fields: [
		companyProperty,
		mappingRowsProperty,
		procoreProjects,
		...crosswalkTables('projects', 'accounts', 'vendors'),
		{
			displayName: 'Seen Rows',
			name: 'seenRows',
			type: 'json',
			default: '[]',
			description: 'Rows of the table gpp_decision: what the crosswalks decided at the last run',
			hint: 'Usually an expression that hands over all rows of a Data Table read before',
		},
	],
	outputs: ['Changed', 'Remember', 'Forget'] as const,
	async execute() {
		const company = String(this.getNodeParameter('company', 0, '') ?? '').trim();
		if (company === '') {
			throw new NodeOperationError(this.getNode(), 'The GP company is not known', {
				description: "Fill in 'Company Database ID'.",
			});
		}
		const settings = lastMapping(this, company);
		const { changed, remember, forget } = crosswalkChanges({
			...readMappingInput(this),
			settings,
			mappingVersion: mappingVersion(settings),
			company,
			seen: readList<SeenDecision>(this, 'seenRows'),
		});
		return [
			changed.map((one) => toItem({ ...one, gp_company: company, pattern: `%${one.token}%` }, 0)),
			remember.map(({ id: _id, ...row }) => toItem(row, 0)),
			forget.map((row_id) => toItem({ row_id }, 0)),
		];
	},
};

const choices: Operation = {
	option: {
		name: 'Choices',
		value: 'choices',
		action: 'List what a crosswalk row can be set to',
		description: 'Read projects, cost codes or vendors of Procore to choose one from',
	},
	fields: [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			default: 'job',
			description: 'What a Procore record is to be chosen for',
			options: [
				{ name: 'Account', value: 'account', description: 'A cost code, from the linked projects' },
				{ name: 'Job', value: 'job', description: 'A project' },
				{ name: 'Vendor', value: 'vendor', description: 'A vendor of the company directory' },
			],
		},
		{
			displayName: 'Key',
			name: 'key',
			type: 'string',
			default: '',
			placeholder: 'e.g. 800',
			description: 'GP job, account or vendor ID; without one nothing is read',
		},
		...crosswalkTables('projects'),
	],
	/**
	 * One item: the pick list, empty where no key is given. Where Procore cannot be read, `problem` says why:
	 * a page that waits for it is drawn all the same.
	 */
	async execute() {
		const text = (name: string) => String(this.getNodeParameter(name, 0, '') ?? '').trim();
		const key = text('key');
		const empty: PickList = { choices: [], costTypes: [], note: '' };
		if (key === '') return [[toItem({ ...empty, problem: '' }, 0)]];
		if (!this.getNode().credentials?.procoreOAuth2Api) {
			const problem = `no Procore credential is chosen in the node "${this.getNode().name}"`;
			return [[toItem({ ...empty, problem }, 0)]];
		}
		try {
			const list = await read.call(this, text('kind'), key);
			return [[toItem({ ...list, problem: '' }, 0)]];
		} catch (error) {
			return [[toItem({ ...empty, problem: redactText((error as Error).message) }, 0)]];
		}
	},
};

async function read(this: IExecuteFunctions, kind: string, key: string): Promise<PickList> {
	const procore = await connect(this);
	if (kind === 'vendor') {
		return vendorChoices({ vendorId: key, name: '' }, await readVendors(procore));
	}
	const projects = await readProjects(procore);
	const rows = readList<ProjectCrosswalkRow>(this, 'projectCrosswalk');
	if (kind !== 'account') {
		const name = rows.find((row) => sameGpKey(row.gp_job, key))?.gp_job_name ?? '';
		return projectChoices({ number: key, name }, projects);
	}
	const asked = projectsOfAccount(key, rows, projects);
	const codes: Array<{ code: string; name: string }> = [];
	for (const { id } of asked) {
		for (const row of await listCostCodes(procore, String(id))) {
			const code = readCostCode(row);
			if (code) codes.push({ code: code.fullCode, name: code.name });
		}
	}
	return {
		...codeChoices(
			key,
			codes,
			(await readCostTypes(procore)).map(({ code }) => code),
		),
		note: `Cost codes of ${asked.map((project) => project.name).join(', ') || 'no project'}.`,
	};
}

const request: Operation = {
	option: {
		name: 'Ask for Affected Records',
		value: 'request',
		action: 'Ask for the records that changed rows concern',
		description: 'Turn the events found for changed rows into requests for the next run',
	},
	fields: [
		companyProperty,
		{
			displayName: 'Changed Rows',
			name: 'changedRows',
			type: 'json',
			default: '[]',
			placeholder: "={{ $('Changed in crosswalks').all() }}",
			description: 'What the operation Find Changed put out first',
		},
		{
			displayName: 'Request Rows',
			name: 'requestRows',
			type: 'json',
			default: '[]',
			description: 'Rows of the table gpp_request: what waits already is not asked for again',
			hint: 'Usually an expression that hands over all rows of a Data Table read before',
		},
	],
	/** Events that were found for changed rows come in; rows for gpp_request go out. */
	async execute() {
		const events = this.getInputData()
			.map(({ json }) => json)
			.filter((json) => !isBlank(json)) as unknown as AuditEventRow[];
		const rows = crosswalkRequests({
			events,
			changed: readList<ChangedDecision>(this, 'changedRows'),
			waiting: readList<RequestRow>(this, 'requestRows'),
			company: String(this.getNodeParameter('company', 0, '') ?? '').trim(),
			now: new Date().toISOString(),
		});
		return [rows.map((row) => toItem(row, 0))];
	},
};

export const crosswalk = resource('crosswalk', 'changed', [changed, choices, request]);
