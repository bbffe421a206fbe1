import type { MappingSettings } from './types';

/**
 * Where a new site starts: job number in account segment 1, natural account in segment 2 as cost
 * code, element in segment 3 as cost type ("300-5110-02"). GP prescribes none of this: every
 * contractor lays its accounts out differently, so each part is a setting.
 */
export const DEFAULT_MAPPING_SETTINGS: MappingSettings = {
	company: '',
	jobRules: [
		{ from: 'accountSegment', segment: 1, ignore: ['000'] },
		// A digit is asked for, so that "job site clean-up" is not taken for job "site".
		{ from: 'reference', pattern: '\\bJOB[ #-]*(\\w*\\d\\w*)' },
		{ from: 'purchaseOrder', pattern: '^(\\d{3})-PO' },
	],
	matchProjectNumber: true,
	costAccountPattern: '^\\d{3}-5[1-3]\\d{2}-\\d{2}$',
	costCodeSegment: 2,
	costTypeSegment: 3,
	costTypes: { '01': 'L', '02': 'M', '03': 'S', '04': 'E' },
	defaultCostType: 'O',
	freight: 'spread',
	tax: 'spread',
	miscellaneous: 'spread',
	tradeDiscount: 'spread',
	balanceSheetTax: 'leaveOut',
	accrualAccounts: [],
	inactiveCostCodes: 'make',
	ownLines: {},
	taxCodes: {},
	retainage: 'cost',
	unposted: 'leave',
	financeCharges: 'skip',
	payments: 'skip',
	postedStatus: 'approved',
	duplicateNumbers: 'suffix',
	functionalCurrency: '',
	foreignCurrency: 'functional',
	costDate: 'document',
	receivedDate: 'none',
	descriptionParts: ['description', 'purchaseOrder', 'batch'],
	commitments: 'ignore',
	commitmentPattern: '',
	costCodePattern: '',
	costCodeFormat: '$1',
	divisionNames: {},
	inactiveAccounts: 'send',
	costCodesGoTo: 'ownProject',
	standardListId: '',
	rules: [],
};
