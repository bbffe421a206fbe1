import { runStepsInTurns } from '../../../lib/http/read-body';
import type { MappingRule } from '../../../lib/mapping/policies.types';
import { compileRulesInSteps } from '../../../lib/mapping/rules';
import { checkSettings, mappingVersion } from '../../../lib/mapping/settings-check';
import { DELIVERED_UNTIL_0_3, type MappingSettings } from '../../../lib/mapping/types';
import type { Kind } from '../case.types';
import { writtenOut } from './written-out';

interface RuleInput {
	/** Settings beside the rules. */
	settings?: Partial<MappingSettings>;
	/** The rule; `{n}` counts. */
	when?: MappingRule['when'];
	set?: MappingRule['set'];
	count?: number;
	/** Text every field of the line has. */
	text?: string;
	account?: string;
	lines?: number;
}

/** An imported set of rules, put to lines as the mapping does. */
export const rule: Kind = async ({ input, show }) => {
	const at = writtenOut(input) as RuleInput;
	const template = JSON.stringify({
		name: 'r{n}',
		when: at.when ?? {},
		set: at.set ?? { job: '1' },
	});
	const rules: MappingRule[] = [];
	// They come from n8n: making them up is no work of the mapping's.
	while (rules.length < (at.when ? (at.count ?? 1) : 0)) {
		rules.push(JSON.parse(template.replaceAll('{n}', String(rules.length))) as MappingRule);
		if (rules.length % 5_000 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	await new Promise((resolve) => setTimeout(resolve, 5));
	// As the nodes do it.
	await runStepsInTurns(compileRulesInSteps(rules));
	const given = { ...DELIVERED_UNTIL_0_3, ...at.settings, rules };
	const settings = checkSettings(given);
	mappingVersion(given);
	const text = at.text ?? '';
	for (let line = 0; line < (at.lines ?? 10); line += 1) {
		await new Promise((resolve) => setImmediate(resolve));
		const account = at.account ?? `300-${line}-01`;
		show(
			settings.rules.valuesFor({
				account,
				reference: text,
				vendorClass: null,
				payable: {
					...{ description: text, purchaseOrderNumber: text, vendorId: 'ACME' },
					documentType: 'invoice',
				},
			}),
		);
		settings.isCostAccount(account);
		settings.costCodeOf(account);
		settings.commitmentNumber(text);
		for (const finder of settings.jobFinders) finder.find(text);
	}
};
