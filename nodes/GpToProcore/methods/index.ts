export { credentialTest } from '../../DynamicsGp/methods';
export * as listSearch from './list-search';
