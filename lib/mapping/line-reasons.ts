import type { SharedLine } from './shared-line';
import type { Reason } from './verdict';

/** The first line's reason decides the code; the message names every line that waits. */
export function waitingLines(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const named = lines.map(
		(line, index) =>
			`line ${line.sequence} (${line.distribution.account}): ${reasons[index].message}`,
	);
	const more = named.length > 3 ? `; and ${named.length - 3} more` : '';
	return { ...reasons[0], message: `${named.slice(0, 3).join('; ')}${more}` };
}

export function leftOut(lines: SharedLine[]): Reason {
	const reasons = lines.map((line) => (line.decision as { reason: Reason }).reason);
	const messages = [...new Set(reasons.map((reason) => reason.message))];
	const more = messages.length > 3 ? `; and ${messages.length - 3} more` : '';
	return { ...reasons[0], message: `${messages.slice(0, 3).join('; ')}${more}` };
}

export function ruleOf(lines: SharedLine[]): { rule?: string } {
	const rule = lines.map((line) => (line.decision as { rule?: string }).rule).find(Boolean);
	return rule ? { rule } : {};
}
