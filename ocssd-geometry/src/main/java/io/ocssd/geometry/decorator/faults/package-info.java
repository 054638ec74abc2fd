/**
 * Faults on demand, on any device: programs that fail, erases that fail, sectors that can't be read, LUNs that die or take
 * longer, a device that goes away; at an address, at the n-th command, or by chance.
 *
 * <p>Start at {@link io.ocssd.geometry.decorator.faults.Faults}, the plan, and hand it to a {@link
 * io.ocssd.geometry.decorator.faults.FaultyDevice}; or open {@code faults+...} by URI, see {@link
 * io.ocssd.geometry.decorator.faults.FaultsDecorator}. A plan may be used from any thread.
 *
 * <h2>Fault files</h2>
 *
 * One fault a line: its kind, then fields in any order, apart by blanks or commas. {@code #} begins a comment.
 *
 * <pre>
 *   # sector 5 of one chunk is bad, and one LUN fails one program in a thousand
 *   early-close group=0 punit=3 chunk=6 sectr=5
 *   next-unit   group=1 punit=0 prob=0.1
 *   gone        nth=5000 of=write
 *
 *   kind        fields
 *   early-close group punit chunk sectr prob nth reset
 *   next-unit   group punit chunk sectr prob nth
 *   reset-fail  group punit chunk prob nth
 *   unreadable  group punit chunk sectr prob nth
 *   high-ecc    group punit chunk sectr prob nth always
 *   dead        group punit prob nth of
 *   slow        group punit prob nth of nanos
 *   gone        group punit prob nth of
 *
 *   field       means                                               value                    unless given
 *   group       channel                                             5, 3-7, 3-* or *         *
 *   punit       LUN of the channel                                  the same                 *
 *   chunk       block of the LUN                                    the same                 *
 *   sectr       sector of the block                                 the same                 *
 *   nth         which matches are hit, counted from 1               the same                 *
 *   prob        how many of those                                   percent, 0 to 100        100
 *   of          commands that count                                 read+write+..., or copy  all
 *                                                                   append finish open close
 *   nanos       what a command takes more                           from 1 on                must be given
 *   reset       whether the next reset of a closed block fails      works or fails           works
 *   always      whether a high error count is reported unasked      no or yes                no
 * </pre>
 *
 * <h2>Damage files</h2>
 *
 * Damage that outlasts the process is about one drive, and a file about another one is refused. Drives are told apart by shape
 * and serial number, as a device tells nothing else about itself. Emulated drives of one seed have the same serial number
 * unless they were made with {@code serial=TEXT}, and so has an image that is made anew: it would inherit the damage of the
 * old one. Give each drive a file of its own, and delete the file with the image.
 *
 * <h2>What is matched</h2>
 *
 * A command is cut into runs of one block each. A match is a run of a program or read that has one of the sectors, a block of
 * an erase, or, for the last three kinds, a command that touches the LUNs. With prob=100 every sector that matches is bad: of
 * a program the first one fails, of a read all of them. Below that the seed chooses one of them. Of several faults that
 * hit a run of a program the one at the lowest sector decides, and at the same sector the one that was armed first. An append meets faults by where it goes.
 *
 * <h2>What happens</h2>
 *
 * <ul>
 *   <li>The rules are the device's: what it refuses is refused as ever, to the status and the bit, and no fault is seen. Where
 *       damage stands in the way of a part of a program, the device is asked about the runs before it, by a program that ends
 *       with a block that it does not have: so the first run that is wrong is told. The other runs of a vector that a fault
 *       hits are not concerned.
 *   <li>The write pointer of a block that was closed early counts the sectors before the failed one, to the sector: it need
 *       not be a multiple of wsMin. All of them are readable at once. Below, the run is programmed in full, and then the block
 *       is filled, or the zone finished, before the command completes: so it is no open block any more and can be erased.
 *   <li>A lost unit is wsMin sectors long, counted from the beginning of the run. The write pointer is behind it. A run that
 *       would have filled its block needs no place among the open blocks; when it loses a unit and there is no place to leave
 *       the block open, the block is closed early at the lost unit.
 *   <li>Sectors that a passing fault (one with prob or nth) made unreadable stay so until the block is erased. Offline blocks
 *       and dead LUNs stay so. Disarming a fault mends nothing.
 *   <li>Reads deliver the good sectors and leave the buffers of the others alone. An unreadable sector is 0x281; what lies
 *       behind the write pointer, or in an offline block, is 0x287, or reads as zeros where the device was told so (DULBE off).
 *       What was not written has nothing to be unreadable; of a zone that was finished, which does not tell its write pointer,
 *       with DULBE off what reads as nothing but zeros is taken for that. A copy reads its sources in the same way before
 *       anything else, and writes nothing when one of them fails.
 *   <li>High error counts are reported when the media feedback feature asks for them; the decorator has that feature even
 *       when the device has not. Then the bits of those sectors are set, when nothing has failed.
 *   <li>On zoned devices a program fails with the same statuses, which zones do not have. Then the zone is full (early-close)
 *       or goes on behind the lost unit (next-unit), and what is refused afterwards has the statuses of zones.
 *   <li>Of several failures in one read or program the answer has the status of the lowest number.
 *   <li>In random-write blocks a program that fails is 0x280 with the bits from the failed sector on; nothing stays broken.
 *   <li>Order between commands to one block on one queue stays: those behind a command that meets a fault wait for it.
 * </ul>
 */
package io.ocssd.geometry.decorator.faults;
