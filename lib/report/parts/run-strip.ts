import type { RunRow } from '../../audit/types';
import { type RunStatus, runStatusOf } from '../../model/outcome';
import { counted, duration } from '../base/format';
import { html, type SafeHtml } from '../base/html';
import { runAddress } from '../base/links';
import { runSeconds } from './run-state';

const HEIGHT = 56;
const WIDTH = 1100;

/** One bar a run, oldest at the left: its height is how long it took, its colour how it ended. */
export function runStrip(runs: readonly RunRow[]): SafeHtml | null {
	if (runs.length === 0) return null;
	const ordered = [...runs].reverse();
	const step = Math.min(28, WIDTH / ordered.length);
	const longest = Math.max(1, ...ordered.map((run) => Math.log1p(runSeconds(run))));
	const bars = ordered.map((run, index) => {
		const height = 8 + (Math.log1p(runSeconds(run)) / longest) * (HEIGHT - 10);
		const x = WIDTH - (ordered.length - index) * step;
		return html`<a
			href="${runAddress(run.run_id)}"
			aria-label="Run of ${run.started_at}, ${runStatusOf(run)}"
			><rect
				class="run ${TONES[runStatusOf(run)]}"
				x="${(x + step * 0.12).toFixed(1)}"
				y="${(HEIGHT - height).toFixed(1)}"
				width="${(step * 0.76).toFixed(1)}"
				height="${height.toFixed(1)}"
				><title>${titleOf(run)}</title></rect
			></a
		>`;
	});
	return html`<svg
		class="chart strip"
		viewBox="0 0 ${WIDTH} ${HEIGHT}"
		role="group"
		aria-label="The last ${counted(
			runs.length,
			'run',
		)}, newest at the right; taller bars took longer"
	>
		${bars}
	</svg>`;
}

const TONES: Record<RunStatus, string> = {
	running: 'adopted',
	success: 'good',
	'success with problems': 'parked',
	stopped: 'parked',
	skipped: 'quiet',
	failed: 'failed',
	abandoned: 'failed',
};

function titleOf(run: RunRow): string {
	const took = duration(runSeconds(run));
	return `${run.started_at.slice(0, 16).replace('T', ' ')} UTC: ${runStatusOf(run)}${took && `, ${took}`}`;
}
