/**
 * {@code ocssd badblock}: the blocks of a drive that are out of use.
 *
 * <p>Start at {@link io.ocssd.cli.badblock.BadblockListCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.badblock;
