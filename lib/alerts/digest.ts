import { escapeHtml } from '../model/foreign-text';
import { redactText } from '../model/redact';
import type { AlertRow, Digest } from './alerts';

const LONGEST_SUBJECT = 150;

/** One message about all that is due; null when nothing is. */
export function digestOf(due: {
	raised: AlertRow[];
	repeated: AlertRow[];
	cleared: AlertRow[];
}): Digest | null {
	// Nobody needs to hear the end of what nobody was told.
	const cleared = due.cleared.filter((row) => row.notified_at);
	const open = [
		...due.raised.map((row) => ({ row, heading: titleOf(row) })),
		...due.repeated.map((row) => ({ row, heading: `Still: ${titleOf(row)}` })),
	].sort((left, right) => rank(left.row) - rank(right.row));
	if (open.length + cleared.length === 0) return null;
	const channel = (format: Format) =>
		[
			...open.map(({ row, heading }) => format.alert(heading, row)),
			...cleared.map((row) => format.resolved(`Resolved: ${titleOf(row)}`)),
		].join(format.between);
	return {
		subject: subjectOf(
			open.map(({ heading }) => heading),
			cleared.map(titleOf),
		),
		text: channel(TEXT),
		html: channel(HTML),
		slack: channel(SLACK),
	};
}

interface Format {
	alert(heading: string, row: AlertRow): string;
	resolved(line: string): string;
	between: string;
}

const TEXT: Format = {
	between: '\n\n',
	alert: (heading, row) =>
		[
			heading,
			clean(row.message),
			`What to do: ${clean(row.remedy)}`,
			...(linkOf(row) ? [`Open in n8n: ${linkOf(row)}`] : []),
		].join('\n'),
	resolved: (line) => line,
};

const HTML: Format = {
	between: '\n',
	alert: (heading, row) =>
		[
			`<h3>${html(heading)}</h3>`,
			`<p>${html(row.message).replace(/\n/g, '<br>')}</p>`,
			`<p><b>What to do:</b> ${html(row.remedy)}</p>`,
			...(linkOf(row) ? [`<p><a href="${html(linkOf(row))}">Open in n8n</a></p>`] : []),
		].join('\n'),
	resolved: (line) => `<p>${html(line)}</p>`,
};

const SLACK: Format = {
	between: '\n\n',
	alert: (heading, row) =>
		[
			`*${slack(heading)}*`,
			slack(row.message),
			`*What to do:* ${slack(row.remedy)}`,
			...(linkOf(row) ? [`<${slack(linkOf(row))}|Open in n8n>`] : []),
		].join('\n'),
	resolved: (line) => slack(line),
};

function subjectOf(open: string[], cleared: string[]): string {
	const [first, ...others] = open;
	const more = others.length > 0 ? ` (and ${others.length} more)` : '';
	const text = first ? `${first}${more}` : `Resolved: ${cleared.join(', ')}`;
	const line = `GP to Procore: ${text}`.replace(/\s+/g, ' ');
	return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 1)}…`;
}

function titleOf(row: AlertRow): string {
	const subject = clean(row.subject).replace(/\s+/g, ' ');
	return row.gp_company ? `${subject} (${clean(row.gp_company)})` : subject;
}

function rank(row: AlertRow): number {
	return row.severity === 'problem' ? 0 : 1;
}

/** Only an address of n8n itself may become a link. */
function linkOf(row: AlertRow): string {
	return /^https?:\/\/[^\s"'<>|\\]+$/.test(row.link ?? '') ? row.link : '';
}

/** No secrets, and no control characters: they forge lines in a mail or a terminal. */
function clean(text: string | null): string {
	return redactText(text ?? '').replace(
		/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
		(character) => (character === '\n' ? '\n' : ' '),
	);
}

function html(text: string): string {
	return escapeHtml(clean(text));
}

/** Slack asks for these three alone; with them no text of ours can mention a channel or make a link. */
function slack(text: string): string {
	return clean(text).replace(/[&<>]/g, escapeHtml);
}
