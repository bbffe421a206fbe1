export { credentialTest } from '../../DynamicsGp/methods';
export * as loadOptions from './load-options';
export * as listSearch from './list-search';
