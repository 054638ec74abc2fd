/**
 * A second drive, as naive as can be: maps of blocks and sectors, one method for each command, no code of the first.
 *
 * <p>{@code History} draws commands by a seed, sends them to a device and asks {@code DriveModel} about every answer. What
 * chance decides (which sector of a worn block fails, what a power cut leaves) the model takes from the device when it is
 * one of the things that may happen, and goes on from there. {@code MeddlingDrive} breaks rules on purpose: the model is
 * trusted because it catches that.
 */
package io.ocssd.geometry.model;
