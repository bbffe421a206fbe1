import fs from 'node:fs';
import { ConnectorError } from '../../lib/model/connector-error';
import type { ChildReport } from './case.types';
import { clock } from './fast-clock';
import { KINDS } from './kinds';

/** Runs one case in a process of its own and prints what it cost: the argument is { kind, url, input }. */
async function main(): Promise<void> {
	const { kind, url, input } = JSON.parse(process.argv[2]!) as {
		kind: string;
		url: string;
		input: Record<string, unknown>;
	};
	const shown: string[] = [];
	const stray = (error: unknown) => shown.push(`unhandled: ${String(error)}`);
	process.on('unhandledRejection', stray);
	KINDS[kind]!.prepare?.();
	const watch = watchLoop();
	let end = 'done';
	let message = '';
	try {
		shown.push(
			...textsOf(await KINDS[kind]!({ url, input, show: (text) => shown.push(...textsOf(text)) })),
		);
	} catch (error) {
		end = endOf(error);
		message = error instanceof Error ? error.message : String(error);
		shown.push(...textsOf(error));
	}
	const report: ChildReport = {
		end,
		message: message.slice(0, 300),
		blockMs: watch.longest(),
		peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
		longestSleepMs: clock.longestSleepMs,
		shown: shown.map((text) => text.slice(0, 20_000)),
	};
	process.stdout.write(`\n${JSON.stringify(report)}\n`, () => process.exit(0));
}

function endOf(error: unknown): string {
	if (error instanceof ConnectorError) return error.code;
	const { name, code } = (error ?? {}) as { name?: string; code?: string };
	// n8n's own classes are typed too; what the engine throws is not.
	return /^(?:RangeError|TypeError|SyntaxError|ReferenceError|Error|URIError)$/.test(name ?? '')
		? `untyped: ${name}`
		: (code ?? name ?? 'untyped: unknown');
}

/** All that loggers and n8n could make of it. */
function textsOf(value: unknown): string[] {
	if (value === undefined) return [];
	// As it is: JSON would write control characters as something harmless.
	if (typeof value === 'string') return [value];
	if (!(value instanceof Error)) return [JSON.stringify(value)?.slice(0, 20_000) ?? ''];
	const { details } = value as { details?: unknown };
	return [value.message, JSON.stringify(details ?? {}), ...textsOf(value.cause)];
}

/**
 * The longest time the loop stood still, by a timer that should ring every two milliseconds. A busy
 * machine lets it wait too, so time in which the kernel had no core for this thread is not counted,
 * nor more than what the whole process worked: its collector's own threads may have had none either.
 */
function watchLoop() {
	let last = performance.now();
	let waited = waitedForCore();
	let worked = process.cpuUsage();
	let longest = 0;
	const look = () => {
		const now = performance.now();
		const waitedNow = waitedForCore();
		const { user, system } = process.cpuUsage(worked);
		const stood = now - last - 2 - (waitedNow - waited);
		longest = Math.max(longest, Math.min(stood, (user + system) / 1000));
		last = now;
		waited = waitedNow;
		worked = process.cpuUsage();
	};
	setInterval(look, 2);
	return {
		longest() {
			look();
			return Math.round(longest);
		},
	};
}

/** Milliseconds this thread was ready to work and had no core, as Linux counts it; 0 elsewhere. */
function waitedForCore(): number {
	try {
		const figures = fs
			.readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1')
			.split(' ');
		return Number(figures[1]) / 1e6;
	} catch {
		return 0;
	}
}

void main();
