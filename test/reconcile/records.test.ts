import { vendorContent } from '../../lib/mapping/mapping-context';
import { contentHash } from '../../lib/model/json-text';
import type { DesiredVendor } from '../../lib/model/desired';
import type { ActualVendor } from '../../lib/procore/resources/vendors';
import {
	causeOfRecord,
	compareRecords,
	type RecordsToCompare,
} from '../../lib/reconcile/compare-records';
import { recordRequests } from '../../lib/reconcile/differences';
import type { RecordCause } from '../../lib/reconcile/reconcile.types';
import { recordCounts } from '../../lib/reconcile/table-rows';
import { writeOriginData } from '../../lib/sync/origin-data';
import type { SentEvidence } from '../../lib/sync/standing/as-sent';
import { isVendorAsSent, vendorsStand } from '../../lib/sync/standing/record-standing';
import { VendorDirectory } from '../../lib/sync/kinds/vendor-directory';

const GP = ['asSent', 'documentChanged', 'mappingChanged', 'changed', 'unknown'] as const;
const PROCORE = ['asSent', 'edited', 'unknown'] as const;

describe('the cause of a record by how it stands and what was shown', () => {
	test.each(['agrees', 'notSent'] as const)('%s: none', (how) => {
		for (const gp of GP)
			for (const procore of PROCORE)
				expect(causeOfRecord({ how, evidence: { gp, procore } })).toBeNull();
	});

	test.each(['missing', 'notLinked', 'conflict'] as const)('%s: itself', (how) => {
		for (const gp of GP)
			for (const procore of PROCORE)
				expect(causeOfRecord({ how, evidence: { gp, procore } })).toBe(how);
	});

	const DIFFERS: Record<SentEvidence['gp'], string[]> = {
		asSent: ['differs', 'editedInProcore', 'editedInProcore'],
		documentChanged: ['changedInGp', 'changedOnBothSides', 'differs'],
		mappingChanged: ['mappingChanged', 'changedOnBothSides', 'differs'],
		changed: ['changedSinceSent', 'changedOnBothSides', 'differs'],
		unknown: ['differs', 'differs', 'differs'],
	};
	const cells = GP.flatMap((gp) =>
		PROCORE.map((procore, index) => [gp, procore, DIFFERS[gp][index]] as const),
	);
	test.each(cells)('differs, GP %s and Procore %s: %s', (gp, procore, cause) => {
		expect(causeOfRecord({ how: 'differs', evidence: { gp, procore } })).toBe(cause);
	});
	test.each(cells)('inactive, GP %s and Procore %s', (gp, procore, cause) => {
		expect(causeOfRecord({ how: 'inactive', evidence: { gp, procore } })).toBe(
			gp === 'asSent' ? 'inactiveInProcore' : cause,
		);
	});
});

const desired = (
	given: Partial<DesiredVendor['vendor']> = {},
	content = 'content',
): DesiredVendor => ({
	kind: 'vendor',
	originId: 'GP:TWO:V:ACME',
	source: {
		...{ company: 'TWO', entity: 'vendor', key: 'ACME', label: 'Acme', hash: 'h', content },
		modified: '2026-03-02T10:00:00.000Z',
	},
	vendor: {
		...{ name: 'Acme', city: 'Fargo', business_phone: '(701) 555-0142', is_active: true },
		...{ origin_code: 'ACME', ...given },
	},
});

/** The vendor as it stands after `sent` was sent, and then edited. */
function standing(
	sent: DesiredVendor,
	edited: Partial<DesiredVendor['vendor']> = {},
	stored: Partial<Parameters<typeof writeOriginData>[0]> = {},
): ActualVendor {
	const fields = { ...sent.vendor, ...edited };
	return {
		...{ id: '7', name: fields.name, isActive: fields.is_active !== false, originCode: 'ACME' },
		originId: sent.originId,
		originData: writeOriginData({
			...{ src: 'gp', h: contentHash(sent.vendor), m: sent.source.modified },
			...{ g: sent.source.content, ...stored },
		}),
		fields,
	};
}

function stand(one: DesiredVendor, ...actual: ActualVendor[]) {
	const directory = new VendorDirectory();
	for (const vendor of actual) directory.put(vendor);
	const [found] = vendorsStand([one], directory);
	return [found.how, causeOfRecord(found)];
}

describe('a vendor against what was sent', () => {
	const sent = desired();
	test.each([
		['as it was sent', desired(), standing(sent), 'agrees', null],
		[
			'renamed in Procore',
			desired(),
			standing(sent, { name: 'Other' }),
			'differs',
			'editedInProcore',
		],
		[
			'its phone formatted by Procore',
			desired(),
			standing(sent, { business_phone: '701.555.0142' }),
			'agrees',
			null,
		],
		[
			'made inactive in Procore',
			desired(),
			standing(sent, { is_active: false }),
			'inactive',
			'inactiveInProcore',
		],
		['renamed in GP', desired({ name: 'New' }, 'other'), standing(sent), 'differs', 'changedInGp'],
		// The phone looks otherwise, and is not.
		[
			'renamed in GP, formatted by Procore',
			desired({ name: 'New' }, 'other'),
			standing(sent, { business_phone: '701.555.0142' }),
			'differs',
			'changedInGp',
		],
		['mapped otherwise', desired({ city: 'FARGO' }), standing(sent), 'differs', 'mappingChanged'],
		[
			'sent before its content was kept',
			desired({ name: 'New' }, 'other'),
			standing(sent, {}, { g: undefined }),
			'differs',
			'changedSinceSent',
		],
		[
			'renamed on both sides',
			desired({ name: 'New' }, 'other'),
			standing(sent, { name: 'Other' }),
			'differs',
			'differs',
		],
		[
			'active again in GP',
			desired({}, 'other'),
			standing(desired({ is_active: false })),
			'inactive',
			'changedInGp',
		],
		[
			'made inactive in GP',
			desired({ is_active: false }, 'other'),
			standing(sent),
			'differs',
			'changedInGp',
		],
	] as const)('%s', (_what, one, actual, how, cause) => {
		expect(stand(one, actual)).toEqual([how, cause]);
	});

	test('that is nowhere, and one inactive in GP that never was', () => {
		expect(stand(desired())).toEqual(['missing', 'missing']);
		expect(stand(desired({ is_active: false }))).toEqual(['notSent', null]);
	});

	test('that stands under its name only is not linked', () => {
		const unlinked = { ...standing(sent), originId: null, originData: null };
		expect(stand(desired(), unlinked)).toEqual(['notLinked', 'notLinked']);
	});

	test.each([
		['the same stamp and state', '2026-03-02T10:00:00.000Z', {}, true],
		['another stamp', '2026-03-02T10:00:00.001Z', {}, false],
		['a date, which hides later edits', '2026-03-02', {}, false],
		['no stamp', null, {}, false],
		['an edit in Procore', '2026-03-02T10:00:00.000Z', { city: 'Bismarck' }, false],
	])('needs no detail with %s: %s', (_what, modified, edited, expected) => {
		const of = modified?.length === 10 ? { m: modified } : {};
		expect(isVendorAsSent(standing(sent, edited, of), modified)).toBe(expected);
	});
});

test('what decides a vendor is its card, not the rest of the row', () => {
	const vendor = { vendorId: 'ACME', name: 'Acme', status: 'active', addresses: [] } as never;
	expect(vendorContent({ ...(vendor as object), onHold: true } as never)).toBe(
		vendorContent(vendor),
	);
	expect(vendorContent({ ...(vendor as object), name: 'New' } as never)).not.toBe(
		vendorContent(vendor),
	);
});

describe('records compared', () => {
	const NOTHING: RecordsToCompare = {
		...{ entity: 'vendor', standing: [], notSent: [], agree: 0, faults: [], own: [] },
		...{ listed: new Set(['ACME']), listIsWhole: true },
		second: { keys: new Set(['ACME']), counted: null },
		...{ parked: new Map(), requested: new Set() },
	};
	const own = { key: 'GONE', label: 'Gone', procoreId: '9', projectId: '' };
	const causes = (given: Partial<RecordsToCompare>) =>
		compareRecords({ ...NOTHING, ...given }).differences.map(({ key, cause }) => [key, cause]);

	test('one GP lists no more is gone only by a list proven whole', () => {
		expect(causes({ own: [own] })).toEqual([['GONE', 'goneFromGp']]);
		expect(causes({ own: [own], listIsWhole: false })).toEqual([['GONE', 'notRead']]);
		const second = { keys: new Set(['ACME', 'BOLT']), counted: null };
		expect(causes({ own: [own], second })).toEqual([
			['BOLT', 'notRead'],
			['GONE', 'notRead'],
		]);
	});

	test('what is done about one GP lists no more is not what is done about one not read', () => {
		const remedy = (listIsWhole: boolean) =>
			compareRecords({ ...NOTHING, own: [own], listIsWhole }).differences[0];
		expect(remedy(true)!.remedy).not.toBe(remedy(false)!.remedy);
		expect(remedy(true)!.message).toMatch(/GP/);
		expect(remedy(false)!.message).not.toBe(remedy(true)!.message);
	});

	test('those found by the second reading or the count only are numbered', () => {
		const second = { keys: new Set(['ACME', 'BOLT']), counted: 5 };
		// One of five is listed.
		expect(compareRecords({ ...NOTHING, second })).toMatchObject({ missing: 4, records: 5 });
	});

	test('two of Procore from one of GP are duplicates', () => {
		const twice = { ...own, key: 'ACME' };
		expect(causes({ own: [twice, { ...twice, procoreId: '10' }] })).toEqual([
			['ACME', 'duplicate'],
		]);
	});

	test('what waits says why, what should and does not is unsaid, and what is left out counts', () => {
		const notSent = (key: string, outcome: 'parked' | 'skipped') => ({
			outcome,
			source: { company: 'TWO', entity: 'vendor' as const, key, label: key, hash: '' },
			reason: { code: 'x', message: 'No name', remedy: 'Name it' },
		});
		const result = compareRecords({
			...NOTHING,
			notSent: [notSent('A', 'parked'), notSent('B', 'parked'), notSent('C', 'skipped')],
			parked: new Map([['A', { message: 'No name yet', remedy: 'Enter it' }]]),
		});
		expect(result.differences).toMatchObject([
			{ key: 'A', cause: 'parked', message: 'No name yet' },
			{ key: 'B', cause: 'unsaid', message: expect.stringContaining('No name') },
		]);
		expect(recordCounts(result)).toBe('0 as in GP; 1 left out; 1 parked; 1 unsaid');
	});

	test('requests: what no edit is lost by always, edits only where GP is to win', () => {
		const all = [
			'missing',
			'changedInGp',
			'editedInProcore',
			'inactiveInProcore',
			'goneFromGp',
			'duplicate',
			'notRead',
			'conflict',
		] as const;
		const differences = all.map((cause) => ({
			...{ entity: 'vendor' as const, cause, key: cause, label: cause, projectId: '' },
			...{ procoreId: '', message: '', remedy: '' },
		}));
		const asked = (drift: 'keep' | 'overwrite') =>
			recordRequests(differences, { company: 'TWO', drift, now: '', requestedBy: '' }).map(
				({ gp_key }) => gp_key,
			);
		expect(asked('keep')).toEqual(['missing', 'changedInGp']);
		expect(asked('overwrite')).toEqual([
			...['missing', 'changedInGp', 'editedInProcore', 'inactiveInProcore'],
		]);
	});

	test('a request for each record once, a vendor and an account of one key being two', () => {
		const one = (entity: 'vendor' | 'account') => ({
			...{ entity, cause: 'missing' as const, key: 'A', label: 'Acme', projectId: '' },
			...{ procoreId: '', message: 'Is not there', remedy: '' },
		});
		const options = { company: 'TWO', drift: 'keep' as const, now: 'now', requestedBy: 'me' };
		const request = (entity: string) => ({
			...{ entity, gp_company: 'TWO', gp_key: 'A', gp_label: 'Acme', reason: 'reconcile' },
			...{ requested_at: 'now', requested_by: 'me', tries: 0, payload: '', note: 'Is not there' },
		});
		expect(recordRequests([one('vendor'), one('account'), one('vendor')], options)).toEqual([
			request('vendor'),
			request('account'),
		]);
	});

	test('in words: what agrees, what was left out, then the causes in their order', () => {
		const of = (cause: RecordCause) => ({
			...{ entity: 'vendor' as const, cause, key: cause, label: '', projectId: '' },
			...{ procoreId: '', message: '', remedy: '' },
		});
		const { differences, ...none } = compareRecords(NOTHING);
		expect(differences).toEqual([]);
		expect(recordCounts({ ...none, differences })).toBe('0 as in GP');
		const some = [of('unsaid'), of('missing'), of('unsaid'), of('conflict')];
		expect(recordCounts({ ...none, agree: 7, differences: some })).toBe(
			'7 as in GP; 1 conflict; 1 missing; 2 unsaid',
		);
	});
});
