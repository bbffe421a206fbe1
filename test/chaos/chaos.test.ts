import { playScenario } from './scenario';

jest.setTimeout(120_000);

/** A sample of what `npm run test:chaos` plays by the thousand. */
const SEEDS = Array.from({ length: 20 }, (_, index) => String(index + 1));

test.each(SEEDS)('seed %s: when the faults stop, everything is where it belongs', async (seed) => {
	const { story, faults, unexplained } = await playScenario(seed);
	if (faults.length > 0) console.error(story.join('\n'));
	expect({ faults, unexplained }).toEqual({ faults: [], unexplained: '0.00' });
});

test('a seed is played the same way again', async () => {
	const [first, second] = [await playScenario('again'), await playScenario('again')];
	const plain = (story: string[]) => story.map((line) => line.replace(/127\.0\.0\.1:\d+/g, ''));
	expect(plain(second.story)).toEqual(plain(first.story));
	// Bad enough to be worth the name.
	expect(first.story.length).toBeGreaterThan(6);
});
