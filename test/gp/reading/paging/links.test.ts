import type { Page } from '../../../../lib/gp/reading/paging/page';
import { page, readPages, rowNames } from '../../support/asked-pages';

/* Lists the service cuts by itself: the whole is asked for (`*`), then what its links lead to (`>a`). */

type Serve = Parameters<typeof readPages>[0];
const read = async (serve: Serve) => await readPages(serve, { paging: 'none' });
/** Three rows and a link to the rest. */
const linked =
	(rest: (answered: number) => Page<string>): Serve =>
	(request, answered) =>
		'next' in request ? rest(answered) : page(rowNames(3), { next: 'a' });
const counts = (count: number) => ({ total: { count, standard: true } });

describe('one answer without a link', () => {
	test.each<[string, number, Partial<Page<string>>, string]>([
		['is the whole list', 7, {}, 'wholeAnswer'],
		['is it by its count', 7, counts(7), 'count'],
		['holds nothing', 0, {}, 'nothingBehind'],
		['may be cut at ten', 10, {}, 'exactly 10 rows came'],
		['says that more follow', 7, { more: true }, 'more follow after 7 rows'],
		['counts more', 7, counts(9), 'counts 9 rows and gave 7'],
	])('%s', async (_what, count, more, end) => {
		const found = await read(() => page(rowNames(count), more));
		expect(found).toMatchObject({ asked: '*', passes: 1, pagingIgnored: false });
		expect(found.end).toContain(end);
	});
});

describe('links', () => {
	test('are followed twice: nothing else shows that no row slipped over a border', async () => {
		expect(await read(linked(() => page(['r9'])))).toMatchObject({
			...{ asked: '* >a * >a', rows: 4, passes: 2, end: 'links' },
		});
	});

	test.each([
		['a row came twice', 'r2', 4],
		['another row came the first time', 'r8', 5],
	])('are followed once more where %s', async (_what, row, rows) => {
		const moving = linked((answered) => page([answered === 1 ? row : 'r9']));
		expect(await read(moving)).toMatchObject({
			...{ asked: '* >a * >a * >a', rows, passes: 3, end: 'links' },
		});
	});

	test.each<[string, Partial<Page<string>>, string]>([
		['a count that is higher', counts(9), 'the service counts 9 rows and gave 4'],
		['a word that more follow', { more: true }, 'more follow after 4 rows'],
	])('and at their end %s', async (_what, more, end) => {
		expect((await read(linked(() => page(['r9'], more)))).end).toContain(end);
	});

	test('that come again, or lead where they led before, are given up', async () => {
		const same = await read((_request, answered) => page([`x${answered}`], { next: 'a' }));
		expect(same).toMatchObject({
			...{ asked: '* >a', end: 'unstable: the service gave the same "next page" link twice' },
		});
		const circle = await read((_request, answered) => page(['x', 'y'], { next: `a${answered}` }));
		expect(circle).toMatchObject({ asked: '* >a0', end: expect.stringContaining('in a circle') });
		// The last page has no link: it may well be equal to an earlier one.
		const last = await read(linked((answered) => page(answered % 2 === 1 ? rowNames(3) : [])));
		expect(last.end).toBe('unstable: rows moved in each of 6 readings');
	});

	test('through twenty pages without rows are followed, not through more', async () => {
		const through =
			(empty: number): Serve =>
			(request) => {
				if (!('next' in request)) return page(['a'], { next: '1' });
				const at = Number(request.next);
				return at > empty ? page(['z']) : page([], { next: String(at + 1) });
			};
		expect(await read(through(20))).toMatchObject({ rows: 2, end: 'links' });
		expect((await read(through(21))).end).toContain('in a circle');
		// Empty pages that do not follow each other are no circle.
		const between: Serve = (request) => {
			const at = 'next' in request ? Number(request.next) : 0;
			return page(at % 2 === 0 ? [`r${at}`] : [], { next: at < 60 ? String(at + 1) : null });
		};
		expect(await read(between)).toMatchObject({ rows: 31, end: 'links' });
	});

	test('to a thousand rows are looked at from the other end', async () => {
		const serve: Serve = (request) =>
			'next' in request ? page(rowNames(500, 500)) : page(rowNames(500), { next: 'a' });
		const from = async (row: string) =>
			(await readPages(serve, { paging: 'none', fromTheEnd: async () => [row] })).end;
		expect(await from('r999')).toBe('links');
		expect(await from('another')).toContain('in the opposite order');
	});
});
