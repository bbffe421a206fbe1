import type { IExecuteFunctions } from 'n8n-workflow';

import { DELIVERED_UNTIL_0_3 } from '../../../../lib/mapping/delivered-settings';
import type { JobRule, MappingSettings } from '../../../../lib/mapping/types';
import {
	readAccountPolicies,
	readPolicies,
	type AccountPolicyFields,
	type PolicyFields,
} from './read-policies';
import { readRules } from './read-rules';

interface JobRuleFields {
	from: JobRule['from'];
	segment?: number;
	ignore?: string;
	pattern?: string;
}

/** The settings as the fields of the node say; what is not shown for a resource keeps its default. */
export function readMappingSettings(context: IExecuteFunctions): MappingSettings {
	const field = <Value>(name: string, otherwise: Value): Value =>
		context.getNodeParameter(name, 0, otherwise as never) as Value;
	const defaults = DELIVERED_UNTIL_0_3;
	const rules = field<{ rule?: JobRuleFields[] } | null>('jobRules', null);
	const costTypes = field<{ costType?: Array<{ segmentValue: string; costType: string }> } | null>(
		'costTypes',
		null,
	);
	return {
		...defaults,
		...readPolicies(field<PolicyFields>('policies', {})),
		...readAccountPolicies(field<AccountPolicyFields>('accountPolicies', {})),
		// Each record tells its own company.
		company: '',
		jobRules: rules ? (rules.rule ?? []).map(asJobRule) : defaults.jobRules,
		matchProjectNumber: field('matchProjectNumber', defaults.matchProjectNumber),
		costAccountPattern: field('costAccountPattern', defaults.costAccountPattern),
		costCodeSegment: Number(field('costCodeSegment', defaults.costCodeSegment)),
		...(field<string>('costCodeFrom', 'segment') === 'pattern'
			? {
					costCodePattern: field('costCodePattern', defaults.costCodePattern),
					costCodeFormat: field('costCodeFormat', defaults.costCodeFormat),
				}
			: {}),
		costTypeSegment: Number(field('costTypeSegment', defaults.costTypeSegment)),
		costTypes: costTypes
			? Object.fromEntries(
					(costTypes.costType ?? []).map((row) => [row.segmentValue.trim(), row.costType.trim()]),
				)
			: defaults.costTypes,
		rules: readRules(context),
		defaultCostType: field('defaultCostType', defaults.defaultCostType).trim(),
	};
}

function asJobRule(rule: JobRuleFields): JobRule {
	if (rule.from !== 'accountSegment') return { from: rule.from, pattern: rule.pattern ?? '' };
	return {
		from: 'accountSegment',
		segment: Number(rule.segment ?? 1),
		ignore: String(rule.ignore ?? '')
			.split(',')
			.map((value) => value.trim())
			.filter(Boolean),
	};
}
