import { runSteps } from '../../../lib/http/read-body';
import type { DocumentType, DistributionType, GpPayable } from '../../../lib/model/gp-records';
import { DEFAULT_MAPPING_SETTINGS, DELIVERED_UNTIL_0_3 } from '../../../lib/mapping/types';
import { mapRecords } from '../../../lib/mapping/map-records';
import { propose, rowsOf, unfoundOf } from '../../../lib/mapping/suggest/propose';
import { sampleOf } from '../../../lib/mapping/suggest/propose-types';
import { generateCompany, type Company } from '../../../sandbox/gp/company/company';
import type { CompanyDocument } from '../../../sandbox/gp/company/types';
import {
	defaultCostCodes,
	defaultCostTypes,
	defaultProjects,
} from '../../../sandbox/procore/state/default-seed';
import { account, payable } from '../samples';

const DOCUMENTS: DocumentType[] = [
	...(['invoice', 'financeCharge', 'miscellaneousCharge'] as const),
	...(['return', 'creditMemo', 'payment'] as const),
];
const DISTRIBUTIONS: Record<number, DistributionType> = {
	...{ 1: 'cash', 2: 'payable', 3: 'discountAvailable', 4: 'discountTaken', 5: 'financeCharge' },
	...{ 6: 'purchase', 7: 'tradeDiscount', 8: 'miscellaneous', 9: 'freight', 10: 'taxes' },
};

const projects = defaultProjects.map(({ number, name }, index) => ({
	id: String(9000 + index),
	name,
	projectNumber: number,
}));
const procore = {
	projects,
	costTypes: defaultCostTypes,
	costCodes: defaultCostCodes.map(({ code, name }) => ({ projectId: '9000', code, name })),
};

const accountsOf = (company: Company) =>
	[...company.accounts.values()].map((one) =>
		account(one.account, {
			description: one.description,
			category: one.category,
			active: one.active,
			type: one.type === 1 ? 'posting' : 'unit',
			postingType: one.postingType === 0 ? 'balanceSheet' : 'profitAndLoss',
		}),
	);

function asPayable(document: CompanyDocument): GpPayable {
	return payable([], {
		voucher: document.voucher,
		documentType: DOCUMENTS[document.documentType - 1],
		state: document.state === 'work' ? 'unposted' : document.state,
		voided: document.voided,
		description: document.description,
		purchaseOrderNumber: document.purchaseOrderNumber,
		amounts: document.amounts,
		distributions: document.distributions.map(({ job: _job, carrier: _carrier, ...row }) => ({
			...row,
			type: DISTRIBUTIONS[row.type],
		})),
	});
}

describe('the sandbox company', () => {
	const company = generateCompany();
	const payables = [...company.documents.values()].map(asPayable);
	const accounts = accountsOf(company);
	const gather = sampleOf();
	gather.accounts(accounts);
	gather.payables(payables);
	const proposal = runSteps(propose(gather.sample(), procore));

	const mapped = (settings: typeof DELIVERED_UNTIL_0_3, rows: ReturnType<typeof rowsOf> = []) => {
		const { desired, notSent } = mapRecords({
			records: [...accounts, ...payables],
			crosswalk: { projects: rows, accounts: [], vendors: [] },
			projects,
			settings,
		});
		return {
			desired: desired.map((one) => ({ ...one, source: one.source.key })),
			notSent: notSent.map(({ outcome, source, reason }) => [outcome, source.key, reason?.code]),
		};
	};

	test('becomes what it becomes by the patterns that were made for it', () => {
		const found = mapped(
			{
				...DEFAULT_MAPPING_SETTINGS,
				...proposal.settings,
				costAccountsFound: true,
				unfound: unfoundOf(proposal.findings),
			},
			rowsOf('TWO', proposal),
		);
		const made = mapped(DELIVERED_UNTIL_0_3);
		expect(made.desired.length).toBeGreaterThan(500);
		expect(found.desired).toEqual(made.desired);
		expect(found.notSent).toEqual(made.notSent);
	});

	test('is told in counts of its own lines', () => {
		const { lines, placed, left, waiting } = proposal.coverage;
		expect(placed + left + waiting).toBe(lines);
		expect(proposal.findings.find(({ subject }) => subject === 'openJobs')).toMatchObject({
			said: expect.stringMatching(/^1 job has no active project in Procore: 800 \(\d+ lines\)/),
		});
	});
});
