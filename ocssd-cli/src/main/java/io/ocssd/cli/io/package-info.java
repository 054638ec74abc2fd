/**
 * {@code ocssd io}: single commands to a device, by address, and what it answers.
 *
 * <p>Start at {@link io.ocssd.cli.io.IoReadCommand}. A verb makes a {@code Plan} of commands, an {@code Exchange} sends them
 * one after the other and keeps every answer. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.io;
