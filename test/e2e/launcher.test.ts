import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../sandbox/n8n/project-files';
import type { RunSummary } from '../../sandbox/start/sync-run';

describe('npm start -- --once --again 1', () => {
	it('runs the sync twice, prints a line for each and ends well only if the books agree', async () => {
		// The promise rejects on any exit code but 0.
		const { stdout, stderr } = await promisify(execFile)(
			process.execPath,
			['scripts/run.mjs', 'start', '--once', '--again', '1'],
			{ cwd: projectRoot },
		);
		const [first, second, ...more] = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as RunSummary);
		expect(more).toEqual([]);
		expect(first.vendors.created).toBeGreaterThan(100);
		expect(first.directCosts.created).toBeGreaterThan(400);
		for (const summary of [first, second]) {
			expect(summary).toMatchObject({ unexplained: '0.00', executionStatus: 'success' });
			expect(Number(summary.gpTotal) - Number(summary.procoreTotal)).toBeCloseTo(
				Number(summary.difference),
				2,
			);
		}
		expect(Number(second.procoreTotal)).toBeGreaterThan(1_000_000);
		for (const stream of [second.vendors, second.costCodes, second.directCosts]) {
			expect(stream).toMatchObject({ created: 0, updated: 0 });
		}
		expect(stderr).toMatch(/made 0 write requests to Procore/);
	});
});
