import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	codeChoices,
	type PickList,
	projectChoices,
	projectsOfAccount,
	vendorChoices,
} from '../../../../lib/mapping/suggest/crosswalk-rows';
import type { ProjectCrosswalkRow } from '../../../../lib/mapping/types';
import { sameGpKey } from '../../../../lib/model/keys';
import { redactText } from '../../../../lib/model/redact';
import { listCostCodes, readCostCode } from '../../../../lib/procore/resources/cost-codes';
import { connect } from '../../../Procore/transport/connect';
import { toItem } from '../../../shared/item-kinds';
import { readList } from '../../../shared/read-list';
import { crosswalkTables } from '../../../GpToProcore/descriptions/crosswalk.description';
import type { BatchOperation, OperationOption } from '../../../shared/operations';
import {
	readCostTypes,
	readProjects,
	readVendors,
} from '../../../GpToProcore/actions/crosswalk/procore-candidates';

export const option: OperationOption = {
	name: 'Choices',
	value: 'choices',
	action: 'List what a crosswalk row can be set to',
	description: 'Read projects, cost codes or vendors of Procore to choose one from',
};

export const fields: INodeProperties[] = [
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
];

/**
 * One item: the pick list, empty where no key is given. Where Procore cannot be read, `problem` says why:
 * a page that waits for it is drawn all the same.
 */
export const execute: BatchOperation = async function () {
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
