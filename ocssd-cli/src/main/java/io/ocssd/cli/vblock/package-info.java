/**
 * {@code ocssd vblock}: the append-only virtual blocks of a target.
 *
 * <p>Start at {@link io.ocssd.cli.vblock.VblockWriteCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.vblock;
