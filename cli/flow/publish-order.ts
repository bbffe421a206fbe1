import type { Template } from './flow';
import { referencesOf } from './references';

/**
 * Templates in an order that n8n publishes: it refuses a workflow that calls one which is not
 * published yet, so whoever is called comes first. Two that call each other stay as given.
 */
export function calledFirst(templates: readonly Template[]): Template[] {
	const byId = new Map(templates.map((template) => [template.id, template]));
	const done = new Set<string>();
	const order: Template[] = [];
	const visit = (template: Template) => {
		if (done.has(template.id)) return;
		done.add(template.id);
		for (const id of referencesOf(template)) {
			const called = byId.get(id);
			if (called) visit(called);
		}
		order.push(template);
	};
	templates.forEach(visit);
	return order;
}
