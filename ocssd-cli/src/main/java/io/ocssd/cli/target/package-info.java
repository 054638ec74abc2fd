/**
 * {@code ocssd target}: provision a drive to applications.
 *
 * <p>Start at {@link io.ocssd.cli.target.TargetCreateCommand}. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.target;
