import {
	candidatesNote,
	linkedNote,
	nameSimilarity,
	projectSuggester,
	vendorSuggester,
} from '../../../lib/mapping/suggest/suggest';

describe('how alike two spellings of a name are', () => {
	test.each<[string, string, number]>([
		// Nothing is like nothing.
		['', 'Norwood', 0],
		['', '', 0],
		// The same words, whatever the form that is left out.
		['Norwood Tile', 'NORWOOD TILE, Inc.', 1],
		['Norwood Tile LLC', 'Norwood Tile Inc', 0.9],
		['Norwood Tile Inc LLC', 'Norwood Tile LLC', 1],
		['Norwood Tile Inc LLC', 'Norwood Tile LLC Corp', 0.9],
		// Written together; too few letters may be anybody's initials.
		['NorwoodTile', 'Norwood Tile', 0.98],
		['NorwoodTile LLC', 'Norwood Tile Inc', 0.9],
		['Norw oo', 'Nor woo', 0.98],
		['Nor wo', 'No rwo', 2 / 3],
		// Numbers are never typed by chance: at most half alike, whatever the words.
		['Local 12', 'Local 21', 0.5],
		['Norwood 4', 'Norwood', 0.5],
		['Zebra 4', 'Norwood 5', 0],
		['Union 3 12', 'Union 12 3', 0.95],
		// Words left over count against by their letters.
		['Norwood Tile', 'Norwood Tile Pump', 22 / 26],
		['Norwood Tile Pump', 'Norwood Tile', 22 / 26],
		['Tile Norwood', 'Norwood Tile', 0.95],
		['Norwood Tile Pump LLC', 'Norwood Tile Inc', (22 / 26) * 0.9],
		// An initial stands for its word.
		['J Norwood', 'John Norwood', (0.7 * 5 + 14) / 19],
		['K Norwood', 'John Norwood', 14 / 19],
		['J', 'K', 0],
		// Typing errors: letters changed, left out, or swapped with their neighbour.
		['Norwood', 'Norwoud', 1 - 1 / 7],
		['Norwood', 'Norwod', 1 - 1 / 7],
		['Norwood', 'Nowrood', 1 - 1 / 7],
		['Norwood', 'oNrwood', 1 - 1 / 7],
		['Norwood', 'Norwodo', 1 - 1 / 7],
		['Norwood', 'wordNoo', 0],
		['Norwood', 'Nxrxood', 1 - 2 / 7],
		['Norwood', 'Nxrxoxd', 0],
		['abcxyz', 'abdxyw', 1 - 2 / 6],
		['ab', 'abc', 1 - 1 / 3],
		// Each word takes its best counterpart, and none twice.
		['Norwood Norwoud', 'Norwood Tile', 14 / 25],
		// The same both ways, though "Norwoud" alone would take the "Norwood" that is equal to the other.
		['Norwoud Norwood', 'Norwood Xyz', 14 / 24],
	])('%s and %s', (left, right, score) => {
		expect(nameSimilarity(left, right)).toBeCloseTo(score, 10);
		expect(nameSimilarity(right, left)).toBeCloseTo(score, 10);
	});
});

test.each([
	['vowels of Devanagari', 'कमल स्टील', 'कोमल स्टील'],
	['voiced and unvoiced kana', 'カワサキ建設', 'ガワザギ建設'],
	['vowels of Thai', 'ไทยนำชัย', 'ไทยนาชุย'],
])(
	'firms that differ only by marks that are letters are never linked by themselves: %s',
	(_, left, right) => {
		expect(nameSimilarity(left, right)).toBeLessThan(0.97);
		expect(nameSimilarity(left, left)).toBe(1);
		const { automatic } = vendorSuggester([{ id: '1', name: left }])({
			vendorId: 'X',
			name: right,
		});
		expect(automatic).toBeUndefined();
	},
);

test.each([
	['accents', 'Société Générale', 'SOCIETE GENERALE'],
	['points of Arabic', 'مُقَاوَلَات', 'مقاولات'],
	['an accent in two signs', 'Fe\u0301lix', 'F\u00e9lix'],
])('what people write or leave out at will tells no firms apart: %s', (_, left, right) => {
	expect(nameSimilarity(left, right)).toBe(1);
});

const ids = (of: { candidates: Array<{ id: string }> }) => of.candidates.map(({ id }) => id);

describe('candidates for a vendor', () => {
	const named = (count: number, name = 'Norwood Tile') =>
		Array.from({ length: count }, (_, index) => ({ id: String(index + 1), name }));

	test('are five at most unless more are wanted, equal ones by their id', () => {
		const vendors = [...named(7)].reverse();
		const of = (limit?: number) =>
			ids(vendorSuggester(vendors, { limit })({ vendorId: 'X', name: 'Norwood Tile' }));
		expect(of()).toEqual(['1', '2', '3', '4', '5']);
		expect(of(2)).toEqual(['1', '2']);
	});

	test('are shown from 72 % on, and linked from the threshold on', () => {
		const suggest = (name: string, automaticFrom?: number) =>
			vendorSuggester([{ id: '1', name: 'Norwood Tile' }], { automaticFrom })({
				vendorId: 'X',
				name,
			});
		expect(ids(suggest('Norwood Tile Pump'))).toEqual(['1']);
		expect(ids(suggest('Norwood Tile Pumping of Ohio'))).toEqual([]);
		expect(suggest('Norwood Tile').automatic).toMatchObject({ id: '1' });
		expect(suggest('NorwoodTile', 0.98).automatic).toMatchObject({ id: '1' });
		expect(suggest('NorwoodTile', 0.981).automatic).toBeUndefined();
	});

	test('by code go before those by name, and a blank code is nobody’s', () => {
		const vendors = [
			{ id: '1', name: 'Norwood Tile', originCode: '' },
			{ id: '2', name: 'Else', originCode: ' nt01 ' },
		];
		const suggest = vendorSuggester(vendors);
		expect(suggest({ vendorId: 'NT01', name: 'Norwood Tile' }).automatic).toMatchObject({
			...{ id: '2', why: 'number', score: 1 },
		});
		expect(suggest({ vendorId: '', name: 'Norwood Tile' }).automatic).toMatchObject({
			...{ id: '1', why: 'name' },
		});
	});

	test('in a directory of thousands are looked up by how their words begin, or by code', () => {
		const others = named(1_000, 'Zzz').map((one) => ({ ...one, id: `z${one.id}` }));
		const large = [
			...others,
			{ id: '1', name: 'Norwood Tile', originCode: null },
			{ id: '2', name: 'Tile of Norwood', originCode: 'nt02' },
			{ id: '3', name: 'Xorwood Xile', originCode: 'X3' },
		];
		const suggest = vendorSuggester(large, { limit: 9 });
		expect(ids(suggest({ vendorId: 'A', name: 'Norwood Tile' }))).toEqual(['1', '2']);
		expect(ids(suggest({ vendorId: 'x3', name: 'Else' }))).toEqual(['3']);
		expect(ids(suggest({ vendorId: 'A', name: 'Else' }))).toEqual([]);
		// In a small one each is looked at.
		const small = vendorSuggester(large.slice(3), { limit: 9 });
		expect(ids(small({ vendorId: 'A', name: 'Xorwood Tile' }))).toContain('3');
	});
});

describe('candidates for a job', () => {
	const PROJECTS = [
		{ id: '1', name: 'Norwood School', projectNumber: '300' },
		{ id: '2', name: 'Norwood Depot', projectNumber: '0-3/01' },
		{ id: '3', name: 'Library', projectNumber: '2024-302--x' },
		{ id: '4', name: 'Nameless', projectNumber: null },
		{ id: '5', name: '', projectNumber: '' },
		{ id: '6', name: 'Hall', projectNumber: '24-9' },
	];
	const suggest = (number: string, name?: string | null) =>
		projectSuggester(PROJECTS)({ number, name }).candidates.map(
			(one) => `${one.id} ${one.score} ${one.why}`,
		);

	test('are those of its number, equal, but for zeros and signs, or as a part', () => {
		expect(suggest(' 300 ')).toEqual(['1 1 number']);
		expect(suggest('00301')).toEqual(['2 0.96 number']);
		expect(suggest('302')).toEqual(['3 0.85 number']);
		// Two signs as a part of a number are chance.
		expect(suggest('24')).toEqual([]);
		expect(suggest('')).toEqual([]);
		expect(suggest('0')).toEqual([]);
	});

	test('or of its name; where both say the same, by number', () => {
		expect(suggest('999', 'Norwood School Inc')).toEqual(['1 1 name']);
		expect(suggest('300', 'Norwood School')).toEqual(['1 1 number']);
		expect(suggest('999', null)).toEqual([]);
	});
});

test('notes say how sure a link or a candidate is, in whole percent', () => {
	const one = { id: '7', name: 'Norwood', score: 0.9789, why: 'name' as const };
	expect(linkedNote(one)).toBe('linked: name alike (97 %), Norwood');
	expect(linkedNote({ ...one, score: 1 })).toBe('linked: name alike (100 %), Norwood');
	expect(linkedNote({ ...one, why: 'number' })).toBe('linked: number alike (97 %), Norwood');
	expect(linkedNote({ ...one, why: 'number', score: 1 })).toBe('linked: same number, Norwood');
	expect(candidatesNote([], 'none')).toBe('none');
	expect(candidatesNote([one, { ...one, id: '8', score: 0.8 }], '')).toBe(
		'candidates: Norwood (7), 97 % by name; Norwood (8), 80 % by name',
	);
});
