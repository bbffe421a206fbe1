/** Something that should go wrong with the next matching requests. */
export interface FaultRule {
	method?: string;
	/** Regular expression over the path. */
	path?: string;
	/** Only requests whose body contains this text, e.g. one origin id: a poison row. */
	bodyIncludes?: string;
	/** Let this many matching requests pass first. */
	skip?: number;
	/** How many matching requests fail; absent means all until removed. */
	times?: number;
	action: FaultAction;
}

export type FaultAction =
	/** Answer this instead of doing anything. A text body is sent as HTML. */
	| { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
	/** Never answer; the connection stays open until the caller gives up. */
	| { kind: 'hang' }
	/** Close the connection before doing anything. */
	| { kind: 'drop' }
	/** Do everything, then close the connection instead of answering. */
	| { kind: 'loseResponse' }
	/** Do everything, but only after this time. */
	| { kind: 'delay'; milliseconds: number }
	/** Answer the status but only half of the body. */
	| { kind: 'truncate' };

export interface ActiveFault extends FaultRule {
	id: number;
	seen: number;
	fired: number;
}

export class Faults {
	private list: ActiveFault[] = [];
	private lastId = 0;

	add(rule: FaultRule): ActiveFault {
		const fault = { ...rule, id: ++this.lastId, seen: 0, fired: 0 };
		// Refused here rather than at the first request.
		if (rule.path !== undefined) new RegExp(rule.path);
		this.list.push(fault);
		return fault;
	}

	clear(id?: number): void {
		this.list = id === undefined ? [] : this.list.filter((fault) => fault.id !== id);
	}

	all(): ActiveFault[] {
		return this.list;
	}

	/** The action for this request, counted as used. */
	take(method: string, path: string, body: string): FaultAction | null {
		for (const fault of this.list) {
			if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
			if (fault.path !== undefined && !new RegExp(fault.path).test(path)) continue;
			if (fault.bodyIncludes !== undefined && !body.includes(fault.bodyIncludes)) continue;
			fault.seen++;
			if (fault.seen <= (fault.skip ?? 0)) continue;
			if (fault.times !== undefined && fault.fired >= fault.times) continue;
			fault.fired++;
			return fault.action;
		}
		return null;
	}
}
