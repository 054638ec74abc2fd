/**
 * {@code ocssd ftl}: a block device of 4 KiB sectors over a target.
 *
 * <p>Start at {@link io.ocssd.cli.ftl.FtlWriteCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.ftl;
