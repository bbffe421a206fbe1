import { contentHash } from '../../../lib/model/json-text';
import type { ActualVendor } from '../../../lib/procore/resources/vendors';
import type { VendorLookup } from '../../../lib/sync/kinds/vendor-adoption';
import { type OriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { isVendorAsSent, vendorsStand } from '../../../lib/sync/standing/record-standing';
import { source, vendor } from '../../procore/support/desired';

const ACME = vendor('ACME', { city: 'Seattle' });
/** As Procore shows it after it was sent as `of` is. */
const shown = (
	of = ACME,
	more: Partial<ActualVendor> = {},
	kept: Partial<OriginData> | null = {},
): ActualVendor => ({
	...{ id: '7', name: of.vendor.name, isActive: true, originId: of.originId },
	originData: kept && writeOriginData({ src: 'gp', h: contentHash(of.vendor), ...kept }),
	originCode: of.vendor.origin_code,
	fields: { ...of.vendor },
	...more,
});
const lookup = (...all: ActualVendor[]): VendorLookup => ({
	withId: (id) => all.find((one) => one.id === id),
	withOriginId: (originId) => all.find((one) => one.originId === originId),
	withCode: (code) => all.filter((one) => one.originCode === code),
	withTaxId: () => [],
	withName: (name) => all.filter((one) => one.name.toUpperCase() === name.toUpperCase()),
});
const stands = (desired: typeof ACME, ...all: ActualVendor[]) =>
	vendorsStand([desired], lookup(...all))[0]!;
const how = (...given: Parameters<typeof stands>) => {
	const { how: is, evidence } = stands(...given);
	return [is, evidence.gp, evidence.procore];
};
const edited = (fields: ActualVendor['fields']) => ({ fields: { ...ACME.vendor, ...fields } });

describe('how a vendor stands in Procore', () => {
	test('as it was sent', () => {
		expect(stands(ACME, shown())).toEqual({
			...{ desired: ACME, how: 'agrees', changes: [], procoreId: '7' },
			evidence: { gp: 'asSent', procore: 'asSent' },
		});
	});

	test('edited in Procore, changed in GP, or both', () => {
		const other = vendor('ACME', { city: 'Tacoma' });
		expect(how(ACME, shown(ACME, edited({ city: 'Tacoma' })))).toEqual([
			'differs',
			'asSent',
			'edited',
		]);
		expect(how(other, shown())).toEqual(['differs', 'changed', 'asSent']);
		expect(how(other, shown(ACME, edited({ city: 'Olympia' })))).toEqual([
			'differs',
			'changed',
			'unknown',
		]);
		// The very values that stand there, though it was sent otherwise.
		expect(how(other, shown(ACME, edited({ city: 'Tacoma' })))[0]).toBe('agrees');
	});

	test('as it was sent where only the form differs: of a phone, a fax or an e-mail address', () => {
		const fields = {
			business_phone: '(206) 555-0123',
			fax_number: '+49 30 1',
			email_address: 'Ap@acme.example',
		};
		const one = vendor('ACME', fields);
		const changed = (more: ActualVendor['fields']) =>
			stands(one, shown(one, { fields: { ...one.vendor, ...more } })).changes.map(
				({ field }) => field,
			);
		expect(
			changed({
				business_phone: '206.555.0123',
				fax_number: '49301',
				email_address: 'AP@ACME.EXAMPLE',
			}),
		).toEqual([]);
		expect(changed({ business_phone: '206.555.0124' })).toEqual(['business_phone']);
		expect(changed({ fax_number: null })).toEqual(['fax_number']);
		expect(changed({ email_address: 'x@acme.example' })).toEqual(['email_address']);
		expect(changed({ email_address: null })).toEqual(['email_address']);
		// A name is another in other letters.
		expect(changed({ name: one.vendor.name.toLowerCase() })).toEqual(['name']);
	});

	test('told apart by what of the GP record decided: the record, or the mapping, changed', () => {
		const other = (content: string) =>
			vendor('ACME', { city: 'Tacoma' }, { source: source('vendor', 'ACME', { content }) });
		expect(how(other('a'), shown(ACME, {}, { g: 'a' }))[1]).toBe('mappingChanged');
		expect(how(other('b'), shown(ACME, {}, { g: 'a' }))[1]).toBe('documentChanged');
		expect(how(vendor('ACME', { city: 'Tacoma' }), shown(ACME, {}, { g: 'a' }))[1]).toBe('changed');
	});

	test('with nothing of ours kept beside it nothing is shown', () => {
		for (const originData of [null, '', 'x', '{"src":"other"}'])
			expect(how(ACME, shown(ACME, { originData, ...edited({ city: 'Tacoma' }) }))).toEqual([
				...['differs', 'unknown', 'unknown'],
			]);
	});

	test('not there, by hand only, inactive, or left out: what a sync would do', () => {
		expect(stands(ACME)).toMatchObject({ how: 'missing', procoreId: '', changes: [] });
		expect(stands(ACME)).not.toHaveProperty('reason');
		const byHand = shown(ACME, { originId: null, originData: null, originCode: null });
		expect(how(ACME, byHand)).toEqual(['notLinked', 'unknown', 'unknown']);
		expect(stands(ACME, byHand).procoreId).toBe('7');
		const closed = { ...byHand, originCode: 'ACME', isActive: false };
		expect(how(ACME, closed)).toEqual(['notLinked', 'unknown', 'unknown']);
		const inactive = { isActive: false, fields: { ...ACME.vendor, is_active: false } };
		expect(how(ACME, shown(ACME, inactive))[0]).toBe('inactive');
		const gone = stands(vendor('ACME', { is_active: false }));
		expect(gone).toMatchObject({ how: 'notSent', reason: { code: expect.any(String) } });
	});

	test('linked elsewhere by a row, or without a name, is a conflict with its reason', () => {
		const linked = stands(vendor('ACME', {}, { procoreId: '8' }), shown());
		expect(linked).toMatchObject({
			how: 'conflict',
			procoreId: '7',
			reason: { message: expect.stringContaining('8') },
		});
		expect(stands(vendor('ACME', { name: ' ' }))).toMatchObject({
			how: 'conflict',
			reason: { code: expect.any(String) },
		});
	});
});

test('nothing happened to a vendor where its stamp and all that is shown are as sent', () => {
	const stamp = '2026-03-01T10:00:00.000Z';
	const own = (kept: Partial<OriginData>, fields: ActualVendor['fields'] = {}) =>
		shown(ACME, edited(fields), { m: stamp, ...kept });
	expect(isVendorAsSent(own({}), stamp)).toBe(true);
	expect(isVendorAsSent(own({}, { website: null, zip: '' }), stamp)).toBe(true);
	expect(isVendorAsSent(own({}, { zip: '98101' }), stamp)).toBe(false);
	expect(isVendorAsSent(own({}), '2026-03-01T11:00:00.000Z')).toBe(false);
	expect(isVendorAsSent(own({}), null)).toBe(false);
	expect(isVendorAsSent(own({ m: undefined }), stamp)).toBe(false);
	// A day is no instant: a second change on it would not show.
	expect(isVendorAsSent(own({ m: '2026-03-01' }), '2026-03-01')).toBe(false);
	expect(isVendorAsSent(shown(ACME, { originData: null }), stamp)).toBe(false);
});
