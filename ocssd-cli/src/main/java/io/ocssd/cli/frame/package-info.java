/**
 * What all verbs of the command share: global options, output, errors, exit statuses, and the ways to open a device.
 *
 * <p>Start at {@link io.ocssd.cli.frame.Session}, which every verb is made with. Used by the one thread that runs the
 * command. What ends a verb early is a {@link io.ocssd.cli.frame.Failure}, or an exception of the library; the two lines
 * that the user sees of it are made in one place, {@link io.ocssd.cli.frame.ErrorReport}.
 */
package io.ocssd.cli.frame;
