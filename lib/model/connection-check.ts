/** How one thing that must hold before the first run was found to be. */
export type Verdict = 'proven' | 'wrong' | 'not proven' | 'not looked at';

export interface ConnectionCheck {
	system: 'Dynamics GP' | 'Procore';
	/** What must hold, e.g. "Login". */
	what: string;
	verdict: Verdict;
	/** What was seen. */
	said: string;
	/** Where it is set right: a field of the credential, or a place in GP or Procore; blank where nothing is wrong. */
	field: string;
	/** What to do; blank where there is nothing to do. */
	remedy: string;
}

/** One line of the check of a system. */
export const checkOf =
	(system: ConnectionCheck['system']) =>
	(what: string, verdict: Verdict, said: string, field = '', remedy = ''): ConnectionCheck => ({
		system,
		what,
		verdict,
		said,
		field,
		remedy,
	});

/** Procore's rule of 2026, which no call can prove: it is said before everything else. */
const APPROVAL =
	'Before you look at anything else: since March 2026 Procore admits only approved apps to companies in production. In the developer portal (developers.procore.com > My Apps > your app) the production version must be published and approved, then installed in your company (Company Admin > App Management) and given its projects there. While it waits for approval use the sandbox keys with Environment "Developer Sandbox". A login that is refused although ID and secret are right usually means this.';

/** What a person reads: first what cannot be proven, then each check, and what to do about it. */
export function checksInWords(checks: readonly ConnectionCheck[]): { title: string; text: string } {
	const wrong = checks.filter(({ verdict }) => verdict === 'wrong');
	const open = checks.filter(({ verdict }) => verdict === 'not proven');
	const fields = [...new Set(wrong.map(({ system, field }) => `${system}: ${field}`))];
	return {
		title:
			wrong.length > 0
				? `Not ready. To be set right: ${fields.join('; ')}`
				: open.length > 0
					? 'Both connections work; something is left to look at'
					: 'Both connections work',
		text: [APPROVAL, ...checks.map(lineOf)].join('\n\n'),
	};
}

const SIGN: Record<Verdict, string> = {
	proven: '✓',
	wrong: '✗',
	'not proven': '?',
	'not looked at': '–',
};

function lineOf({ system, what, verdict, said, field, remedy }: ConnectionCheck): string {
	const where = field === '' ? '' : ` (field: ${field})`;
	const todo = remedy === '' ? '' : ` → ${remedy}`;
	return `${SIGN[verdict]} ${system}, ${what}: ${verdict}${where}. ${said}${todo}`;
}

/**
 * Every outside effect the library needs besides HTTP, handed in by the caller,
 * so that decisions are pure and tests never wait.
 */
export interface Effects {
	/** Milliseconds since the Unix epoch, UTC. */
	now(): number;
	/** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** A number in [0, 1), for jitter. Never used for secrets. */
	random(): number;
}

/** Two days or months as they are meant: turned around nothing would lie between them. A blank one is no bound. */
export function inOrder(from: string, to: string): [from: string, to: string] {
	return to !== '' && from > to ? [to, from] : [from, to];
}

/** "2026-01 to 2026-06": months that were compared, `YYYY-MM`; blank where all were. */
export function monthsInWords({ from = '', to = '' }: { from?: string; to?: string }): string {
	if (from === to) return from;
	return [from === '' ? 'up to' : to === '' ? 'from' : '', from, from && to ? 'to' : '', to]
		.filter(Boolean)
		.join(' ');
}

/** What monthsInWords said; words that name no month mean all. */
function monthsFromWords(words: string): { from: string; to: string } {
	const [first = '', last = first] = words.match(/\d{4}-\d{2}/g) ?? [];
	return { from: words.startsWith('up to') ? '' : first, to: words.startsWith('from') ? '' : last };
}

const OF_MONTHS = /Over when a comparison of (.+) finds nothing of it\./;

/**
 * What an alert about the books says of its months: a comparison of some months says nothing about others. What stands
 * already about the same thing is not over by being found again in fewer months.
 *
 * @param months those compared, in words; blank where all were
 * @param standing what the alert that stands already says
 */
export function untilCompared(months: string, standing: string | undefined): string {
	const [now, before] = [months, OF_MONTHS.exec(standing ?? '')?.[1]].map((words) =>
		words === undefined ? undefined : monthsFromWords(words),
	);
	const open = (one: string, other: string, last: string) => (one && other ? last : '');
	const together = before
		? {
				from: open(now!.from, before.from, [now!.from, before.from].sort()[0]!),
				to: open(now!.to, before.to, [now!.to, before.to].sort()[1]!),
			}
		: now!;
	return `Over when a comparison of ${monthsInWords(together) || 'all months'} finds nothing of it.`;
}

/**
 * Whether the last comparison of an alert's company looked at all that the alert is about; one of before
 * 0.9.4 does not say what that was.
 *
 * @param message what the alert says
 * @param total the total row of that comparison
 */
export function isCompared(message: string, total: { month?: string | null } | undefined): boolean {
	const words = OF_MONTHS.exec(message)?.[1];
	if (words === undefined) return true;
	if (total === undefined) return false;
	const [alert, compared] = [monthsFromWords(words), monthsFromWords(total.month ?? '')];
	const fromThere = compared.from === '' || (alert.from !== '' && compared.from <= alert.from);
	return fromThere && (compared.to === '' || (alert.to !== '' && compared.to >= alert.to));
}
