import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { DocumentType } from '../../../../lib/model/gp-records';
import { refuseNothing } from '../../../shared/read-values';
import { textOf } from './read-policies';
import type { AccountMatch, MappingRule } from '../../../../lib/mapping/policies.types';

/** A rule as the fields of the node hold it: text everywhere, empty = not asked for. */
interface RuleFields {
	name?: string;
	enabled?: boolean;
	when?: {
		accounts?: string;
		accountFrom?: string;
		accountTo?: string;
		accountPattern?: string;
		accountSegment?: number;
		segmentValues?: string;
		reference?: string;
		description?: string;
		purchaseOrder?: string;
		vendorClasses?: string;
		vendorIds?: string;
		documentTypes?: DocumentType[];
	};
	/** Chosen from a list or written. */
	set?: Partial<Record<keyof MappingRule['set'], unknown>>;
}

/** What a rule asks about, as the node shows it. */
const CONDITIONS = {
	...{ accounts: 'Accounts', accountPattern: 'Account Matches', segmentValues: 'Segment Values' },
	...{ accountFrom: 'Account From', accountTo: 'Account To', documentTypes: 'Document Types' },
	...{ reference: 'Reference Matches', description: 'Description Matches' },
	...{ purchaseOrder: 'PO Number Matches', vendorClasses: 'Vendor Classes' },
	vendorIds: 'Vendor IDs',
} as const satisfies Partial<Record<keyof NonNullable<RuleFields['when']>, string>>;

export function readRules(context: IExecuteFunctions): MappingRule[] {
	const fields = context.getNodeParameter('rules.rule', 0, []) as RuleFields[];
	const written = context.getNode().parameters.rules as { rule?: RuleFields[] } | undefined;
	return fields.map((rule, index) => {
		const name = textOf(rule.name) || `rule ${index + 1}`;
		const when: Record<string, unknown> = { ...rule.when };
		// One that asks for nothing at all matches nothing, and the node says so.
		if (rule.enabled !== false && Object.keys(CONDITIONS).some((one) => isAsked(when[one]))) {
			const asked: unknown = written?.rule?.[index]?.when;
			refuseNothing(context, CONDITIONS, asked, when, ` of the rule "${name}"`);
		}
		const { reference, description, purchaseOrder, vendorClasses, vendorIds, documentTypes } =
			rule.when ?? {};
		return {
			name,
			enabled: rule.enabled ?? true,
			when: {
				account: accountMatch(context, name, rule.when ?? {}),
				reference: pattern(reference),
				description: pattern(description),
				purchaseOrder: pattern(purchaseOrder),
				vendorIds: listed(vendorIds),
				vendorClasses: listed(vendorClasses),
				documentTypes: documentTypes?.length ? documentTypes : undefined,
			},
			set: Object.fromEntries(
				Object.entries(rule.set ?? {})
					.map(([name, value]) => [name, textOf(value)])
					.filter(([, value]) => value !== ''),
			),
		};
	});
}

const isAsked = (value: unknown) =>
	Array.isArray(value) ? value.length > 0 : textOf(value) !== '';

/** The library asks one question about the account; two in one rule would leave one unheard. */
function accountMatch(
	context: IExecuteFunctions,
	rule: string,
	when: NonNullable<RuleFields['when']>,
): AccountMatch | undefined {
	const accounts = listed(when.accounts);
	const values = listed(when.segmentValues);
	const matches: AccountMatch[] = [];
	if (accounts) matches.push({ is: 'oneOf', accounts });
	const [from, to] = [textOf(when.accountFrom), textOf(when.accountTo)];
	if (from || to) {
		if (!from || !to) {
			throw badRule(context, rule, "'Account From' and 'Account To' belong together");
		}
		matches.push({ is: 'range', from, to });
	}
	const asked = pattern(when.accountPattern);
	if (asked) matches.push({ is: 'pattern', pattern: asked });
	if (values) matches.push({ is: 'segment', segment: Number(when.accountSegment ?? 1), values });
	else if (when.accountSegment !== undefined) {
		throw badRule(context, rule, "'Account Segment' needs 'Segment Values'");
	}
	if (matches.length > 1) {
		throw badRule(context, rule, 'it asks about the account in more than one way');
	}
	return matches[0];
}

function badRule(context: IExecuteFunctions, rule: string, why: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), `The rule "${rule}" cannot be used: ${why}`, {
		description: 'Correct the rule in this node, or split it into two rules. Nothing was mapped.',
	});
}

/** A pattern with the blanks it has; an expression may give a number. */
function pattern(text: string | undefined): string | undefined {
	return String(text ?? '') || undefined;
}

function listed(text: string | undefined): string[] | undefined {
	const values = String(text ?? '')
		.split(',')
		.map((value) => value.trim())
		.filter(Boolean);
	return values.length > 0 ? values : undefined;
}
