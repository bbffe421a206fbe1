import type { IExecuteFunctions } from 'n8n-workflow';

import { MappingSettingsError } from '../../../../lib/mapping/patterns';
import type { PlaceSettings } from '../../../../lib/mapping/suggest/propose-types';
import { type JobRule, DELIVERED_UNTIL_0_3 } from '../../../../lib/mapping/types';
import { textOf } from './read-policies';

interface JobRuleFields {
	from: JobRule['from'];
	segment?: number;
	ignore?: string;
	pattern?: string;
	format?: string;
}

interface JobRulesField {
	rule?: JobRuleFields[];
}

interface CostTypesField {
	costType?: Array<{ segmentValue: string; costType: string }>;
}

type Field = <Value>(name: string, otherwise: Value) => Value;

/** A field of the node; `otherwise` where it is not shown. */
export function fieldsOf(context: IExecuteFunctions): Field {
	return <Value>(name: string, otherwise: Value) =>
		context.getNodeParameter(name, 0, otherwise as never) as Value;
}

/** Places as a node of a release up to 0.3.0 has them; what is not shown keeps its default of then. */
export function readPlacesV1(field: Field): PlaceSettings {
	const defaults = DELIVERED_UNTIL_0_3;
	const rules = field<JobRulesField | null>('jobRules', null);
	const costTypes = field<CostTypesField | null>('costTypes', null);
	return {
		jobRules: rules ? asJobRules(rules) : defaults.jobRules,
		costAccountPattern: field('costAccountPattern', defaults.costAccountPattern),
		costCodeSegment: Number(field('costCodeSegment', defaults.costCodeSegment)),
		...(field<string>('costCodeFrom', 'segment') === 'pattern'
			? {
					costCodePattern: field('costCodePattern', defaults.costCodePattern),
					costCodeFormat: field('costCodeFormat', defaults.costCodeFormat),
				}
			: {}),
		costTypeSegment: Number(field('costTypeSegment', defaults.costTypeSegment)),
		costTypes: costTypes ? asCostTypes(costTypes) : defaults.costTypes,
		defaultCostType: textOf(field('defaultCostType', defaults.defaultCostType)),
	};
}

/** Places that are filled in; what is left empty is as setup found it, and absent here. */
export function readFilledPlaces(field: Field): PlaceSettings {
	const filled: PlaceSettings = {};
	const rules = asJobRules(field<JobRulesField | null>('jobRules', null));
	if (rules.length > 0) filled.jobRules = rules;
	const accounts = String(field('costAccountPattern', '') ?? '').trim();
	if (accounts !== '') filled.costAccountPattern = accounts;
	switch (field<string>('costCodeFrom', 'setup')) {
		case 'segment':
			filled.costCodeSegment = Number(field('costCodeSegment', 1));
			filled.costCodePattern = '';
			break;
		case 'pattern':
			filled.costCodePattern = String(field('costCodePattern', '') ?? '');
			if (filled.costCodePattern.trim() === '')
				throw new MappingSettingsError('Cost Code Pattern', 'it is empty');
			filled.costCodeFormat = field('costCodeFormat', '$1');
			break;
	}
	const types = () => asCostTypes(field<CostTypesField | null>('costTypes', null));
	switch (field<string>('costTypeFrom', 'setup')) {
		case 'segment':
			filled.costTypeSegment = Number(field('costTypeSegment', 1));
			filled.costTypes = types();
			break;
		case 'pattern':
			filled.costTypeSegment = 0;
			filled.costTypePattern = field('costTypePattern', '');
			filled.costTypes = types();
			break;
		case 'default':
			filled.costTypeSegment = 0;
			filled.costTypes = {};
			break;
	}
	const type = String(field('defaultCostType', '') ?? '').trim();
	if (type !== '') filled.defaultCostType = type;
	return filled;
}

function asCostTypes(field: CostTypesField | null): Record<string, string> {
	return Object.fromEntries(
		(field?.costType ?? []).map((row) => [textOf(row.segmentValue), textOf(row.costType)]),
	);
}

function asJobRules(field: JobRulesField | null): JobRule[] {
	return (field?.rule ?? []).map((rule) => {
		const ignore = String(rule.ignore ?? '')
			.split(',')
			.map((value) => value.trim())
			.filter(Boolean);
		if (rule.from === 'accountSegment') {
			return { from: 'accountSegment', segment: Number(rule.segment ?? 1), ignore };
		}
		const format = String(rule.format ?? '').trim();
		return {
			from: rule.from,
			pattern: String(rule.pattern ?? ''),
			...(format === '' ? {} : { format }),
			...(rule.from === 'account' && ignore.length > 0 ? { ignore } : {}),
		};
	});
}

/** Whether the node is version 1 of GP to Procore, whose fields had places of one company as defaults. */
export function isOfRelease03(context: IExecuteFunctions): boolean {
	const { type, typeVersion } = context.getNode();
	return type.endsWith('gpToProcore') && typeVersion < 2;
}
