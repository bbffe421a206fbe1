/**
 * Where the sandbox company writes job, cost code and cost type, as fields of the Mapping node: what a
 * person fills in who knows the books and does not ask setup.
 */
export const SANDBOX_PLACES = {
	jobRules: {
		rule: [
			{ from: 'accountSegment', segment: 1, ignore: '000' },
			// A digit is asked for, so that "job site clean-up" is not taken for job "site".
			{ from: 'reference', pattern: '\\bJOB[ #-]*(\\w*\\d\\w*)' },
			{ from: 'purchaseOrder', pattern: '^(\\d{3})-PO' },
		],
	},
	costAccountPattern: '^\\d{3}-5[1-3]\\d{2}-\\d{2}$',
	costCodeFrom: 'segment',
	costCodeSegment: 2,
	costTypeFrom: 'segment',
	costTypeSegment: 3,
	costTypes: {
		costType: [
			{ segmentValue: '01', costType: 'L' },
			{ segmentValue: '02', costType: 'M' },
			{ segmentValue: '03', costType: 'S' },
			{ segmentValue: '04', costType: 'E' },
		],
	},
	defaultCostType: 'O',
};
