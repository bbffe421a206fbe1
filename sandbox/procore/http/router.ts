import type { Route } from './call';

export interface Match {
	route: Route;
	params: Record<string, string>;
}

/** Finds the route of a request; literal segments win over `{names}`. */
export class Router {
	private readonly bySize = new Map<string, Array<{ route: Route; segments: string[] }>>();

	constructor(routes: Route[]) {
		for (const route of routes) {
			const segments = route.path.split('/');
			const key = `${route.method} ${segments.length}`;
			this.bySize.set(key, [...(this.bySize.get(key) ?? []), { route, segments }]);
		}
		const names = (segments: string[]) => segments.filter((one) => one.startsWith('{')).length;
		for (const list of this.bySize.values()) {
			list.sort((a, b) => names(a.segments) - names(b.segments));
		}
	}

	find(method: string, path: string): Match | null {
		const parts = path.split('/');
		for (const { route, segments } of this.bySize.get(`${method} ${parts.length}`) ?? []) {
			const params: Record<string, string> = {};
			const fits = segments.every((segment, index) => {
				if (!segment.startsWith('{')) return segment === parts[index];
				params[segment.slice(1, -1)] = decodeURIComponent(parts[index]);
				// Ids are numbers; this keeps `/sync` and the like from being read as one.
				return /^\d+$/.test(parts[index]);
			});
			if (fits) return { route, params };
		}
		return null;
	}
}
