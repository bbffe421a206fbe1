import {
	type CommitmentKind,
	listCommitmentLines,
	listCommitments,
} from '../../../lib/procore/resources/commitments';
import { resource } from '../../shared/operations';
import { limitOf, returnAllAndLimit } from '../../shared/return-all-and-limit';
import {
	commitmentKind,
	commitmentKindOrBoth,
	filters,
	originIdFilter,
	searchFilter,
	simplify,
	updatedSinceFilter,
} from '../descriptions/common-fields.description';
import {
	commitmentLocator,
	projectLocator,
	vendorLocator,
} from '../descriptions/locators.description';
import { checkedId, requiredId } from '../parameters/read-parameters';
import { getMany } from '../parameters/get-many';
import type { ProcoreOperation } from './operation';

interface Filters {
	number?: string;
	originId?: string;
	search?: string;
	status?: string;
	updatedSince?: unknown;
	vendor?: unknown;
}

const getAll: ProcoreOperation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many commitments',
		description: 'List the subcontracts and purchase orders of a project',
	},
	fields: [
		projectLocator(),
		commitmentKindOrBoth,
		...returnAllAndLimit,
		simplify,
		filters(
			{
				displayName: 'Number',
				name: 'number',
				type: 'string',
				default: '',
				placeholder: 'e.g. PO-1042',
				description: 'Return only commitments with exactly this number',
			},
			originIdFilter,
			searchFilter('Return only commitments whose number or title contains this text'),
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. Approved',
				description:
					'Subcontracts: Draft, Out For Bid, Out For Signature, Approved, Complete, Terminated, Void. Purchase orders: Draft, Processing, Submitted, Partially Received, Received, Approved, Closed.',
			},
			updatedSinceFilter,
			vendorLocator({ required: false, description: 'Return only commitments to this vendor' }),
		),
	],
	async execute(client, itemIndex) {
		const kind = this.getNodeParameter('commitmentKind', itemIndex) as CommitmentKind | 'both';
		const kinds: CommitmentKind[] = kind === 'both' ? ['subcontract', 'purchaseOrder'] : [kind];
		const projectId = requiredId(this, 'project', itemIndex);
		return await getMany<Filters>(this, itemIndex, 'commitment', async (chosen, limit) => {
			const { number, originId, search, status, updatedAt } = chosen;
			const vendorId = checkedId(this, 'Vendor', chosen.vendor, itemIndex);
			const filter = { number, originId, search, status, updatedAt, vendorId };
			const found: object[] = [];
			for (const one of kinds) {
				const left = limit === undefined ? undefined : limit - found.length;
				if (left === 0) break;
				const rows = await listCommitments(client, projectId, one, filter, left);
				found.push(...rows.map((row) => ({ ...(row as object), kind: one })));
			}
			return found;
		});
	},
};

const getLines: ProcoreOperation = {
	option: {
		name: 'Get Lines',
		value: 'getLines',
		action: 'Get lines of a commitment',
		description: 'List the schedule of values of a subcontract or purchase order',
	},
	fields: [projectLocator(), commitmentKind, commitmentLocator(), ...returnAllAndLimit],
	async execute(client, itemIndex) {
		return await listCommitmentLines(
			client,
			requiredId(this, 'project', itemIndex),
			this.getNodeParameter('commitmentKind', itemIndex) as CommitmentKind,
			requiredId(this, 'commitment', itemIndex),
			limitOf(this, itemIndex),
		);
	},
};

export const commitment = resource('commitment', 'getAll', [getAll, getLines]);
