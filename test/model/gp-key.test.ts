import { canonicalKey, canonicalOriginId, recordIdentity, sameGpKey } from '../../lib/model/keys';

describe('canonicalKey', () => {
	it.each([
		['Acme0001', 'ACME0001'],
		['ACME0001       ', 'ACME0001'],
		['00417', '00417'],
		['smith  & sons', 'SMITH  & SONS'],
		['300-51a0-02', '300-51A0-02'],
		['müller', 'MÜLLER'],
		['mu\u0308ller', 'MÜLLER'],
		['ÿ', 'Ÿ'],
		['œ', 'Œ'],
		['1;ab12', '1;AB12'],
	])('writes %j as %j', (given, canonical) => {
		expect(canonicalKey(given)).toBe(canonical);
	});

	it.each(['straße', 'ıĸ', 'ſ', 'µ', 'ﬁ'])(
		'folds no letter of %j that has no way back',
		(given) => {
			const folded = canonicalKey(given);
			expect(folded).toHaveLength(given.length);
			expect(folded).not.toBe(canonicalKey(given.toUpperCase().toLowerCase().toUpperCase()));
		},
	);

	it('keeps accents, leading zeros and inner blanks apart', () => {
		expect(sameGpKey('Cafe', 'Café')).toBe(false);
		expect(sameGpKey('00417', '417')).toBe(false);
		expect(sameGpKey('A B', 'AB')).toBe(false);
		expect(sameGpKey('acme ', 'ACME')).toBe(true);
	});

	it('takes any cell, and is the same when applied again', () => {
		expect(canonicalKey(null)).toBe('');
		expect(canonicalKey(417)).toBe('417');
		for (let code = 0; code < 0x2500; code += 1) {
			const once = canonicalKey(`a${String.fromCharCode(code)}b`);
			expect(canonicalKey(once)).toBe(once);
		}
	});
});

it('names one record whatever the spelling', () => {
	const one = recordIdentity({ company: 'two', entity: 'payable', key: '1;ab12 ' });
	expect(one).toBe(recordIdentity({ company: 'TWO', entity: 'payable', key: '1;AB12' }));
	expect(one).not.toBe(recordIdentity({ company: 'TWO', entity: 'vendor', key: '1;AB12' }));
});

it('compares origin ids of its own without case, others as they stand', () => {
	expect(canonicalOriginId('GP:TWO:V:Acme01')).toBe('GP:TWO:V:ACME01');
	expect(canonicalOriginId('agave-Ab1')).toBe('agave-Ab1');
});
