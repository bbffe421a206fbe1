import type { DesiredVendor } from '../../../lib/model/desired';
import type { ActualVendor } from '../../../lib/procore/resources/vendors';
import {
	claimsOf,
	findAdoptable,
	type VendorLookup,
} from '../../../lib/sync/kinds/vendor-adoption';
import { vendor } from '../../procore/support/desired';

const there = (id: string, given: Partial<ActualVendor> = {}): ActualVendor => ({
	...{ id, name: `Firm ${id}`, isActive: true, originId: null, originData: null, originCode: null },
	fields: {},
	...given,
});
const lookup = (all: ActualVendor[]): VendorLookup => ({
	withId: (id) => all.find((one) => one.id === id),
	withOriginId: (originId) => all.find((one) => one.originId === originId),
	withCode: (code) => all.filter((one) => one.originCode === code),
	withTaxId: (match) => all.filter((one) => one.taxIdMatch === match),
	withName: (name) => all.filter((one) => one.name === name),
});
/** Id of the one that is taken over, the code of a reason, or none. */
function adopted(
	desired: DesiredVendor,
	all: ActualVendor[],
	given: { batch?: DesiredVendor[]; taken?: Record<string, string> } = {},
) {
	const actual = lookup(all);
	const taken = new Map(Object.entries(given.taken ?? {}));
	const found = findAdoptable(desired, actual, claimsOf(given.batch ?? [desired], actual, taken));
	return found === undefined ? 'none' : 'reason' in found ? found.reason.code : found.id;
}
function message(...given: Parameters<typeof adopted>) {
	const [desired, all, { batch = [desired], taken = {} } = {}] = given;
	const actual = lookup(all);
	const found = findAdoptable(
		desired,
		actual,
		claimsOf(batch, actual, new Map(Object.entries(taken))),
	);
	return (found as { reason: { message: string } }).reason.message;
}
const ACME = vendor('ACME');
const NAMED = { name: ACME.vendor.name };
const CODED = { originCode: 'ACME' };
const TAX = { taxIdMatch: 'T' };
const TAXED = vendor('ACME', {}, TAX);
const FOREIGN = { originId: 'other:1' };
const OURS = { originId: 'GP:TWO:V:BETA', originData: '{"src":"gp","h":"x"}' };

describe('the vendor of Procore that a GP vendor takes over', () => {
	test.each<[string, DesiredVendor, ActualVendor[], string]>([
		['the one with its code', ACME, [there('1', NAMED), there('2', CODED)], '2'],
		[
			'the active one with its code',
			ACME,
			[there('1', { ...CODED, isActive: false }), there('2', CODED)],
			'2',
		],
		[
			'the inactive one, where it is all there is',
			ACME,
			[there('1', { ...CODED, isActive: false })],
			'1',
		],
		[
			'the one with its tax id, before the one with its name',
			TAXED,
			[there('1', NAMED), there('2', TAX)],
			'2',
		],
		['the one with its name', ACME, [there('1', NAMED)], '1'],
		[
			'none of two with its code, but the one with its name',
			ACME,
			[there('1', CODED), there('2', CODED), there('3', NAMED)],
			'3',
		],
		['none of two with its name', ACME, [there('1', NAMED), there('2', NAMED)], 'none'],
		['none that is inactive by name', ACME, [there('1', { ...NAMED, isActive: false })], 'none'],
		[
			'none of its name with another code',
			ACME,
			[there('1', { ...NAMED, originCode: 'X' })],
			'none',
		],
		[
			'the one of its name with a blank code',
			ACME,
			[there('1', { ...NAMED, originCode: ' ' })],
			'1',
		],
		['none that is ours already', ACME, [there('1', { ...NAMED, ...OURS })], 'none'],
		[
			'none that another integration owns, aloud',
			ACME,
			[there('1', { ...NAMED, ...FOREIGN })],
			'foreign-origin-id',
		],
		[
			'the free one beside one of another integration: not told apart',
			ACME,
			[there('1', NAMED), there('2', { ...NAMED, ...FOREIGN })],
			'none',
		],
		[
			'none of its name with another tax id',
			TAXED,
			[there('1', { ...NAMED, taxIdMatch: 'U' })],
			'tax-id-differs',
		],
		['the one of its name without a tax id', TAXED, [there('1', NAMED)], '1'],
		[
			'none of several with its tax id',
			TAXED,
			[there('1', TAX), there('2', TAX)],
			'tax-id-ambiguous',
		],
		[
			'the active one of those with its tax id',
			TAXED,
			[there('1', { ...TAX, isActive: false }), there('2', TAX)],
			'2',
		],
		[
			'none, where that of its tax id is another integration’s',
			TAXED,
			[there('1', { ...TAX, ...FOREIGN })],
			'foreign-origin-id',
		],
		['none where there is none', ACME, [there('1')], 'none'],
	])('%s', (_what, desired, all, expected) => expect(adopted(desired, all)).toBe(expected));

	test.each<[string, ActualVendor[], string]>([
		['stands above code and name', [there('1', CODED), there('7')], '7'],
		['is missing', [there('1', CODED)], 'vendor-link-missing'],
		['is owned by another integration', [there('7', FOREIGN)], 'foreign-origin-id'],
		['is another GP vendor', [there('7', OURS)], 'foreign-origin-id'],
	])('the one a row links it to %s', (_what, all, expected) => {
		expect(adopted(vendor('ACME', {}, { procoreId: '7' }), all)).toBe(expected);
	});

	test('is not one that another record of the batch has, or lays claim to', () => {
		expect(adopted(ACME, [there('1', NAMED)], { taken: { 1: '"Beta" (BETA)' } })).toBe('none');
		const beta = vendor('BETA');
		const both = [
			there('1', { ...NAMED, originCode: '' }),
			there('2', { originCode: 'BETA', ...NAMED }),
		];
		expect(adopted(ACME, both, { batch: [ACME, beta] })).toBe('1');
		const linked = vendor('ACME', {}, { procoreId: '7' });
		expect(adopted(linked, [there('7')], { taken: { 7: '"Beta" (BETA)' } })).toBe(
			'foreign-origin-id',
		);
		const twin = vendor('BETA', {}, { procoreId: '7' });
		expect(adopted(linked, [there('7')], { batch: [linked, twin] })).toBe('vendor-linked-twice');
		expect(
			adopted(linked, [there('7')], {
				batch: [linked, linked, vendor('BETA', {}, { procoreId: '8' })],
			}),
		).toBe('7');
		const shared = vendor('ACME', {}, { procoreId: '7', linkSharedWith: ['GAMMA'] });
		expect(adopted(shared, [there('7')])).toBe('vendor-linked-twice');
		const claim = [TAXED, vendor('BETA', {}, TAX)];
		expect(adopted(TAXED, [there('1', TAX)], { batch: claim })).toBe('tax-id-ambiguous');
		// One that has a vendor by its code lays no claim by its tax id.
		expect(
			adopted(TAXED, [there('1', TAX), there('2', { originCode: 'BETA' })], { batch: claim }),
		).toBe('1');
	});
});

describe('why it cannot be taken over', () => {
	test('names who has it', () => {
		const whose = (given: Partial<ActualVendor>) =>
			message(vendor('ACME', {}, { procoreId: '7' }), [there('7', given)]);
		expect(whose(OURS)).toContain(
			'"Firm 7", which is another GP vendor already (BETA of company TWO).',
		);
		expect(whose(FOREIGN)).toContain('which another integration owns (origin id other:1).');
		expect(whose({ originId: 'x GP:TWO:V:B' })).toContain('another integration owns');
		expect(whose({ originId: 'gp:two:v:b:c' })).toContain('(b:c of company two)');
		const taken = { 7: '"Beta" (BETA)' };
		expect(message(vendor('ACME', {}, { procoreId: '7' }), [there('7')], { taken })).toContain(
			'which is GP vendor "Beta" (BETA) already',
		);
	});

	test('names all that a row or a tax id would make one', () => {
		const linked = vendor('ACME', {}, { procoreId: '7', linkSharedWith: ['beta', 'GAMMA'] });
		const batch = [linked, vendor('BETA', {}, { procoreId: '7' })];
		expect(message(linked, [there('7')], { batch })).toBe(
			'The vendors crosswalk links GP vendor "ACME Supplies" (ACME) and GP vendor "BETA Supplies" (BETA) and GAMMA to one Procore vendor, "Firm 7".',
		);
		expect(message(TAXED, [there('1', TAX), there('2', TAX)])).toBe(
			'Several Procore vendors have the tax id of GP vendor "ACME Supplies" (ACME): "Firm 1", "Firm 2".',
		);
		expect(message(TAXED, [there('1', TAX)], { batch: [TAXED, vendor('BETA', {}, TAX)] })).toBe(
			'2 GP vendors, "ACME Supplies" (ACME) and "BETA Supplies" (BETA), have the tax id of Procore vendor "Firm 1"; which of them it is cannot be told.',
		);
	});
});
