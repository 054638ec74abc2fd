/**
 * A drive without hardware: every rule of Open-Channel SSD 2.0, in memory ({@code mem:}) or in a sparse image file
 * ({@code emu:FILE}).
 *
 * <p>Start at {@link io.ocssd.geometry.emulator.EmulatorProvider}, which opens drives, and {@link
 * io.ocssd.geometry.emulator.PowerSwitch}, which cuts their power; {@code Profile},
 * {@code CreationParameters} and {@code OpenParameters} say what its URIs can carry. From the top down: {@code EmulatedDevice}
 * and {@code EmulatedQueue} are the contract's side; an {@code Engine} decides when commands take effect
 * ({@code ImmediateEngine} at once, {@code TimedEngine} at their time); {@code Media} does what they ask for. Decisions are
 * apart from data: {@code BlockRules} (of chunks, or of zones) say what a command is answered that meets a block in its
 * {@code Condition}, {@code OpenPlaces} how many blocks may be open, {@code ProgramRules} and {@code SectorReads} what that
 * makes of a whole command, {@code MediaFaults} what the cells fail; {@code SectorStore} moves the data and
 * {@code BlockTable} keeps the states. {@code ImageLayout} says where everything is kept, and a
 * {@code Backing} (file or memory) keeps it.
 *
 * <p>A device may be used from any task; a queue belongs to one task at a time. What goes wrong with an image is one of
 * {@code io.ocssd.error} with a hint; what goes wrong with a command is the status of its completion, as on hardware.
 *
 * <p>Choices where the specification is silent or its implementations disagree: writes to closed, offline and
 * nonexistent blocks are 0x280; so is a write that would open one block more than the limits allow; reads of unreadable
 * sectors are 0x287 with their bits set and the buffer left as it was, unless DULBE is switched off; a failed check sets
 * the bits of the run that failed it; an erase reports the status of the last entry that failed. The constants of the
 * contract's {@code Rule}, in the test tree, name them all.
 */
package io.ocssd.geometry.emulator;
