/**
 * The label of a drive and the targets it names; internal to this module.
 *
 * <p>Start at {@link io.ocssd.ftl.target.LabelDriveProvider}, which the front door finds, and {@code LabelledDrive}, what it
 * opens. {@code LabelLayout} has the bytes of a label, {@code LabelStore} where they lie and how they are replaced so that a
 * power cut at any command leaves the old label or the new one; {@code LabelKeeper} the present one. {@code TargetPlan} works out
 * what a target is given, with {@code ShareChooser} and {@code OpenBlockBudgets}; {@code TargetOpener} gives it to its vblocks. All types may be used from any task; whoever changes the
 * label has the drive's turn. What can't be read is {@link io.ocssd.error.CorruptException}, what is not ours {@link
 * io.ocssd.error.NotRecognisedException}, and neither is changed.
 */
package io.ocssd.ftl.target;
