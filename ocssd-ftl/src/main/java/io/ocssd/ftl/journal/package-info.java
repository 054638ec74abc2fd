/**
 * The journal of a target: what must be known after a power cut and is not told by the blocks themselves; internal to this
 * module.
 *
 * <p>It remembers which blocks are never used again and why, which vblocks were being erased, where recovery sealed vblocks
 * that have no summary, and what the target has done in its life. Start at {@link io.ocssd.ftl.journal.Journal#open}.
 *
 * <p>A journal block begins with a header unit ({@code JournalHeaderLayout}). Frames follow ({@code JournalFrameLayout}):
 * first a checkpoint, which is the whole state as records ({@code JournalRecordLayout}), its last frame marked as its end,
 * then frames with what was recorded since. Frames are chained by their checksums and name the life of the block that they
 * belong to, so neither a torn nor a damaged unit nor one of an earlier life is taken for a frame. What counts is the block
 * with the highest sequence that has the end of its checkpoint.
 *
 * <p>Invariants. A block is erased only when the checkpoint that replaces it is durable. A sequence is used once. A record
 * is acknowledged when it is durable: programmed on a drive that keeps what it completed; on one that loses what too little
 * follows, with that much filler behind it ({@code JournalRules}). A journal found when a target is opened is never written
 * again: the first record begins a new block.
 *
 * <p>Everything may be called from any task. Calls that record something wait until it is durable and share programs with
 * others that do the same. Errors of the media in a journal block are met by moving to another block; {@link
 * io.ocssd.error.NoSpaceException} comes when there is none, {@link io.ocssd.error.GoneException} when the device went away.
 */
package io.ocssd.ftl.journal;
