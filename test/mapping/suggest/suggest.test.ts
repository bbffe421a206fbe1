import { fc, test as property } from '@fast-check/jest';
import {
	nameSimilarity,
	projectSuggester,
	SAME_FIRM,
	vendorSuggester,
	WORTH_SHOWING,
} from '../../../lib/mapping/suggest/suggest';
import { DIFFERENT, SAME } from './vendor-name-pairs';

const pairs = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line) => line.split('|').map((name) => name.trim()) as [string, string]);

describe('over the labelled pairs of vendor names', () => {
	const same = pairs(SAME);
	const different = pairs(DIFFERENT);

	test('there are at least 300 of them', () => {
		expect(same.length + different.length).toBeGreaterThanOrEqual(300);
	});

	test('nothing different is ever linked by itself: precision 1.00 at the automatic threshold', () => {
		expect(different.filter(([left, right]) => nameSimilarity(left, right) >= SAME_FIRM)).toEqual(
			[],
		);
	});

	test('most of what is the same is linked, and nearly all of it is at least shown', () => {
		const linked = same.filter(([left, right]) => nameSimilarity(left, right) >= SAME_FIRM);
		const shown = same.filter(([left, right]) => nameSimilarity(left, right) >= WORTH_SHOWING);
		const percent = (part: unknown[]) => ((100 * part.length) / same.length).toFixed(1);
		console.info(
			`${same.length} same, ${different.length} different: recall ${percent(linked)} % linked, ${percent(shown)} % shown`,
		);
		expect(linked.length / same.length).toBeGreaterThan(0.9);
		expect(shown.length / same.length).toBeGreaterThan(0.97);
	});
});

describe('similarity', () => {
	property.prop([fc.string(), fc.string()])(
		'is the same both ways and between 0 and 1',
		(left, right) => {
			const score = nameSimilarity(left, right);
			expect(nameSimilarity(right, left)).toBeCloseTo(score, 10);
			expect(score >= 0 && score <= 1).toBe(true);
		},
	);

	test('keeps a name that is only a legal form', () => {
		expect(nameSimilarity('Limited', 'Corp')).toBeLessThan(WORTH_SHOWING);
		expect(nameSimilarity('', '')).toBe(0);
	});
});

test.each([
	['Acme Concrete Co., Inc.', 'Acme Concrete, Inc.', true],
	['Acme Concrete', 'Acme Concrete, Inc.', true],
	['Acme Concrete, LLC', 'Acme Concrete, Inc.', false],
	['Acme Concrete Co., LLC', 'Acme Concrete Co., Inc.', false],
])('legal forms of "%s" and "%s" leave them the same firm: %p', (one, other, same) => {
	expect(nameSimilarity(one, other) >= SAME_FIRM).toBe(same);
	expect(nameSimilarity(other, one) >= SAME_FIRM).toBe(same);
});

describe('a vendor', () => {
	const vendors = [
		{ id: '1', name: 'Acme Concrete, Inc.', originCode: null },
		{ id: '2', name: 'Acme Concrete Pumping' },
		{ id: '3', name: 'Zenith Tile', originCode: 'ZEN01' },
		{ id: '4', name: 'Twin Peaks Supply' },
		{ id: '5', name: 'TWIN PEAKS SUPPLY' },
	];
	const suggest = vendorSuggester(vendors);

	test('is linked to the one that has its name, with others alike shown', () => {
		const { candidates, automatic } = suggest({ vendorId: 'ACME0001', name: 'ACME CONCRETE' });
		expect(automatic).toMatchObject({ id: '1', score: 1, why: 'name' });
		expect(candidates.map((candidate) => candidate.id)).toEqual(['1', '2']);
	});

	test('is linked by its GP id where Procore has it', () => {
		expect(suggest({ vendorId: 'zen01', name: 'Quite Another' }).automatic).toMatchObject({
			id: '3',
			why: 'number',
		});
	});

	test('is never linked when two have its name', () => {
		const { candidates, automatic } = suggest({ vendorId: 'T', name: 'Twin Peaks Supply' });
		expect(automatic).toBeUndefined();
		expect(candidates.map((candidate) => candidate.id)).toEqual(['4', '5']);
	});

	test('is never linked below the threshold an admin sets', () => {
		const never = vendorSuggester(vendors, { automaticFrom: 1.01 });
		expect(never({ vendorId: 'ACME0001', name: 'Acme Concrete' }).automatic).toBeUndefined();
	});
});

describe('a job', () => {
	const suggest = projectSuggester([
		{ id: '1', name: 'Harbor Tower', projectNumber: '300' },
		{ id: '2', name: 'Lincoln School', projectNumber: '2024-301' },
		{ id: '3', name: 'Mill Street Bridge', projectNumber: '0-302' },
		{ id: '4', name: 'City Library Renovation', projectNumber: null },
	]);

	test('is found by number before name', () => {
		expect(suggest({ number: '300', name: 'Lincoln School' }).automatic).toMatchObject({
			id: '1',
			why: 'number',
		});
	});

	test('is only shown when its number stands inside another', () => {
		const { automatic, candidates } = suggest({ number: '301' });
		expect(automatic).toBeUndefined();
		expect(candidates[0]).toMatchObject({ id: '2', why: 'number' });
	});

	test('is only shown when numbers differ by punctuation and zeros', () => {
		expect(suggest({ number: '302' })).toMatchObject({ candidates: [{ id: '3' }] });
		expect(suggest({ number: '302' }).automatic).toBeUndefined();
	});

	test('is found by name when no number fits', () => {
		expect(suggest({ number: '500', name: 'CITY LIBRARY RENOVATION' }).automatic).toMatchObject({
			id: '4',
			why: 'name',
		});
	});
});
