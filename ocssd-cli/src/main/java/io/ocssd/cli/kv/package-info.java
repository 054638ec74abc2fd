/**
 * {@code ocssd kv}: the LSM store on a target.
 *
 * <p>Start at {@link io.ocssd.cli.kv.KvCommand}; {@code Stores} opens the store for all verbs. Each verb is a class, run
 * once by the thread of the command.
 */
package io.ocssd.cli.kv;
