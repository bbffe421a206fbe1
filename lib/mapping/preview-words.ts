import { add, toFixed, type Decimal } from '../model/money';
import type { GpPayable } from '../model/gp-records';
import type { PreviewLine } from './preview';
import type { ProjectCandidate } from './types';

export interface PreviewCounts {
	documents: number;
	lines: number;
	/** Lines and their amount as in GP, before charges are shared. */
	placed: { lines: number; amount: Decimal };
	left: { lines: number; amount: Decimal };
	waiting: { lines: number; amount: Decimal };
}

/** What a person reads who wants to see before anything is written: each line, who decided, what waits. */
export function previewInWords(
	documents: ReadonlyArray<{ payable: GpPayable; lines: readonly PreviewLine[] }>,
	projects: readonly ProjectCandidate[],
): { title: string; text: string; counts: PreviewCounts } {
	const names = new Map(projects.map((one) => [String(one.id), one]));
	const of = (decision: PreviewLine['decision']) => {
		const lines = documents.flatMap((one) =>
			one.lines.filter((line) => line.decision === decision),
		);
		return { lines: lines.length, amount: toFixed(add('0', ...lines.map(({ amount }) => amount))) };
	};
	const counts: PreviewCounts = {
		documents: documents.length,
		lines: documents.reduce((sum, { lines }) => sum + lines.length, 0),
		placed: of('send'),
		left: of('leave'),
		waiting: of('park'),
	};
	const text = [
		`${counts.placed.lines} lines (${counts.placed.amount}) go to a project, ${counts.left.lines} (${counts.left.amount}) are left out, ${counts.waiting.lines} (${counts.waiting.amount}) wait. Amounts are as in GP, before freight, tax and the like are shared out. Nothing was written.`,
		...documents.map((one) => documentInWords(one, names)),
	].join('\n\n');
	const title =
		counts.documents === 0
			? 'No such document was found in GP'
			: `${counts.documents} documents with ${counts.lines} cost lines`;
	return { title, text, counts };
}

function documentInWords(
	{ payable, lines }: { payable: GpPayable; lines: readonly PreviewLine[] },
	names: ReadonlyMap<string, ProjectCandidate>,
): string {
	const head = `${payable.documentType} ${payable.documentNumber}, voucher ${payable.voucher}, ${payable.vendorName ?? payable.vendorId}, ${payable.documentDate ?? 'no date'}${payable.voided ? ', voided' : ''}${payable.state === 'unposted' ? ', not posted' : ''}`;
	if (lines.length === 0) return `${head}: no cost line`;
	return [head, ...lines.map((line) => `– ${lineInWords(line, names)}`)].join('\n');
}

function lineInWords(line: PreviewLine, names: ReadonlyMap<string, ProjectCandidate>): string {
	const what = `${toFixed(line.amount)} on ${line.account}${line.charge ? ` (${line.charge})` : ''}`;
	if (line.decision === 'send') {
		const project = names.get(line.projectId);
		const where = project
			? `${project.name}${project.projectNumber ? ` (${project.projectNumber})` : ''}`
			: `project ${line.projectId}`;
		return `${what} → ${where}, code ${line.costCode}, type ${line.costType}. Decided by ${line.decidedBy}`;
	}
	return line.decision === 'leave'
		? `${what} is left out: ${line.message}`
		: `${what} waits: ${line.message}. ${line.remedy}`;
}
