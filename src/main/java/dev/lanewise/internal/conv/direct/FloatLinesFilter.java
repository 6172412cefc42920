// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of {@link FloatDirectFilter} in its order, with the source in lines: for kernels whose
 * rows, in each phase of the target, have a {@link LineForm}.
 *
 * <pre>
 *   for each image, for each band of target rows
 *     copy what the band reads into lines                             (level 2 cache)
 *     for each NR channels of the target
 *       for each phase of the target, for each kc taps, for each run of pixels, for each row
 *         sums += line · weight                                       ({@link FloatLineKernel})
 *       transpose the sums into the target's rows, then the epilogue
 * </pre>
 *
 * <p>Kernel rows that read zeros around the source are left out, as the pixels do.
 */
final class FloatLinesFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;
  private static final int SHORTEST = FloatLineKernels.SHORTEST;

  private final FloatDirectFilter pixels;
  private final FloatDirectWeight weights;
  private final Axes axes;
  private final DirectBands bands;
  private final FloatImageLines lines;
  private final List<Phase> phases = new ArrayList<>();
  private final int batch;
  private final int groups;
  private final int sources;
  private final int targets;

  /**
   * How the target is cut.
   *
   * @param forms for each horizontal phase that of a row of the kernel
   */
  private record Axes(DirectAxis vertical, DirectAxis horizontal, LineForm[] forms, LineRuns runs) {
    /** Pixels of a run at most. */
    static int longest(LineForm[] forms) {
      int longest = forms[0].longest();
      for (LineForm form : forms) {
        longest = Math.min(longest, form.longest());
      }
      return longest;
    }
  }

  /**
   * Pixels of the target with the same taps.
   *
   * @param down the vertical phase
   * @param stretch their sums
   * @param runs those that have pixels of the phase
   * @param row where their first kernel row stands, counted from their window
   * @param firstKernelRow for each vertical window the first kernel row that reads more than zeros
   * @param endKernelRow one more than the last
   */
  private record Phase(
      int down,
      DirectSums.Stretch stretch,
      LineForm form,
      List<Run> runs,
      int row,
      int[] firstKernelRow,
      int[] endKernelRow) {}

  /**
   * Neighbouring pixels of a phase.
   *
   * @param line where the first reads row 0 and channel 0
   * @param column the first's in the target
   */
  private record Run(Starting<FloatLineKernel> kernel, int line, int column) {}

  /** The lines, where there are kernels for them; else the pixels. */
  static FloatFilter of(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    Axes axes = pixels.order().addsOnly() ? null : axes(shape, forward);
    return axes == null ? pixels : new FloatLinesFilter(shape, forward, pixels, axes);
  }

  /** Whether sums that are not tap by tap are those of lines. */
  static boolean applies(ConvShape shape, boolean forward) {
    return axes(shape, forward) != null;
  }

  /** Whether this machine has registers for the kernels. */
  static boolean hasKernels() {
    return Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
  }

  /** Null if something is not to be had in lines. */
  private static Axes axes(ConvShape shape, boolean forward) {
    if (!hasKernels()) {
      return null;
    }
    ColumnShape columns = shape.columns();
    DirectAxis vertical = FloatDirectFilter.axis(columns.vertical(), forward);
    DirectAxis horizontal = FloatDirectFilter.axis(columns.horizontal(), forward);
    if ((double) sources(shape, forward) * horizontal.windows() > FloatFilter.MOST_SCRATCH) {
      return null;
    }
    boolean elements = isSingle(vertical) && isSingle(horizontal);
    boolean inPlace = vertical.isInPlace() && horizontal.isInPlace();
    if (elements && inPlace || vertical.spread() < 1 || horizontal.spread() < 1) {
      // Single elements that are read in place: a copy costs what it saves (Emerald Rapids).
      return null;
    }
    LineForm[] forms = new LineForm[horizontal.phases()];
    for (int phase = 0; phase < forms.length; phase++) {
      forms[phase] =
          LineForm.of(
              horizontal.taps(phase).length,
              horizontal.split(),
              horizontal.spread(),
              sources(shape, forward));
      if (forms[phase] == null) {
        return null;
      }
    }
    int longest = Axes.longest(forms);
    LineRuns runs = LineRuns.of(horizontal, longest);
    for (int phase = 0; phase < forms.length; phase++) {
      if (runs.shortest(horizontal, phase) < SHORTEST) {
        return null;
      }
    }
    Axes axes = new Axes(vertical, horizontal, forms, runs);
    return LineRuns.places(horizontal, longest) <= LineForm.LINE
            && scratchFloats(axes, sources(shape, forward), 1) <= FloatFilter.MOST_SCRATCH
        ? axes
        : null;
  }

  private static int sources(ConvShape shape, boolean forward) {
    return forward ? shape.columns().channels() : shape.filters();
  }

  private static int targets(ConvShape shape, boolean forward) {
    return forward ? shape.filters() : shape.columns().channels();
  }

  /** Whether no pixel reads more than one element. */
  private static boolean isSingle(DirectAxis axis) {
    return axis.reach() == 0;
  }

  /** Of bands of so many windows; as a double, for there may be more than a long counts. */
  private static double scratchFloats(Axes axes, int sources, int windows) {
    double pixels = (double) windows * axes.vertical.step() * axes.horizontal.target();
    return FloatImageLines.floats(axes.vertical, axes.runs, sources, windows) + pixels * NR + NR;
  }

  private FloatLinesFilter(ConvShape shape, boolean forward, FloatDirectFilter pixels, Axes axes) {
    this.pixels = pixels;
    this.axes = axes;
    weights = pixels.weights();
    batch = shape.batch();
    groups = shape.groups();
    sources = sources(shape, forward);
    targets = targets(shape, forward);
    double surroundings = forward ? shape.columns().paddingValue() : 0;
    int windows = bandWindows(axes, sources);
    bands =
        new DirectBands(
            axes.vertical,
            axes.horizontal,
            surroundings == 0,
            windows,
            LineForm.LINE,
            SHORTEST,
            Axes.longest(axes.forms));
    lines =
        new FloatImageLines(
            axes.vertical, axes.horizontal, axes.runs, (float) surroundings, sources, windows);
    for (DirectSums.Stretch stretch : pixels.order().stretches()) {
      int down = phases.size() / axes.horizontal.phases();
      int right = phases.size() % axes.horizontal.phases();
      phases.add(phase(stretch, down, right, surroundings == 0));
    }
  }

  /** Vertical windows of a band. */
  private static int bandWindows(Axes axes, int sources) {
    int windows = DirectBands.fewestWindows(axes.vertical, axes.horizontal);
    AxisMap columns = axes.horizontal.source();
    double row = (double) sources * Math.max(columns.padded(), columns.input());
    while (windows > 1
        && (row * LineRuns.places(axes.vertical, windows) > DirectBands.MOST_READ
            || scratchFloats(axes, sources, windows) > FloatFilter.MOST_SCRATCH)) {
      windows = Math.ceilDiv(windows, 2);
    }
    return windows;
  }

  /**
   * @param leavesOut whether kernel rows that read nothing but surroundings are left out
   */
  private Phase phase(DirectSums.Stretch stretch, int down, int right, boolean leavesOut) {
    DirectAxis vertical = axes.vertical;
    DirectAxis horizontal = axes.horizontal;
    LineForm form = axes.forms[right];
    List<Run> runs = new ArrayList<>();
    for (LineRuns.Run run : axes.runs.runs()) {
      int first = run.first(horizontal, right);
      int end = run.end(horizontal, right);
      if (first < end) {
        runs.add(
            new Run(
                FloatLineKernels.of(form, end - first),
                lines.place(run, first) + firstPlace(horizontal, right),
                horizontal.element(right, first)));
      }
    }
    int[] firstKernelRow = new int[vertical.windows()];
    int[] endKernelRow = new int[vertical.windows()];
    for (int window = 0; window < vertical.windows(); window++) {
      firstKernelRow[window] = leavesOut ? vertical.firstOperandTap(down, window) : 0;
      endKernelRow[window] =
          leavesOut ? vertical.endOperandTap(down, window) : vertical.taps(down).length;
    }
    return new Phase(
        down, stretch, form, runs, firstPlace(vertical, down), firstKernelRow, endKernelRow);
  }

  /** Where the first tap of a phase reads, counted from the window's first place. */
  private static int firstPlace(DirectAxis axis, int phase) {
    return axis.taps(phase).length == 0 ? 0 : axis.place(axis.taps(phase)[0]);
  }

  @Override
  public String describe() {
    List<String> steps = new ArrayList<>();
    for (LineForm form : axes.forms) {
      String step = form.taps() + (form.lines() == 1 ? " columns" : " channels");
      if (!steps.contains(step)) {
        steps.add(step);
      }
    }
    return ("direct%s: channels of the result in the lanes; tiles of up to %dx%d, %s a step, lines of %d,"
            + " bands of %d rows, %s")
        .formatted(
            phases.size() == 1 ? "" : ", as %d sub-pixel convolutions".formatted(phases.size()),
            axes.runs.runs().getFirst().end(),
            NR,
            String.join(" or ", steps),
            LineForm.LINE,
            bands.endRow(0) - bands.firstRow(0),
            pixels.order().describe());
  }

  @Override
  public boolean addsZeros() {
    return pixels.addsZeros();
  }

  @Override
  public int weightBlocks() {
    return pixels.weightBlocks();
  }

  @Override
  public int weightBlockFloats() {
    return pixels.weightBlockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    pixels.packWeight(weight, weightOffset, block, packed, packedOffset);
  }

  @Override
  public void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    pixels.packWeights(weight, weightOffset, firstBlock, endBlock, packed, packedOffset);
  }

  @Override
  public int parts() {
    return batch * bands.count();
  }

  // The scratch: lines, the sums of a block, its bias.

  @Override
  public int workspaceFloats() {
    return lines.floats() + sumFloats() + NR;
  }

  private int sumFloats() {
    return bands.windows() * axes.vertical.step() * axes.horizontal.target() * NR;
  }

  @Override
  public void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    float[] packed = (float[]) weight;
    int width = axes.horizontal.target();
    long sourcePlane = (long) axes.vertical.source().input() * axes.horizontal.source().input();
    long targetPlane = (long) axes.vertical.target() * width;
    int sums = workspaceOffset + lines.floats();
    int initial = sums + sumFloats();
    for (int part = firstPart; part < endPart; part++) {
      long n = part / bands.count();
      int band = part % bands.count();
      int copied = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = weights.group(block);
        if (group != copied) {
          copied = group;
          lines.copy(
              source,
              sourceOffset + (n * groups + group) * sources * sourcePlane,
              band * bands.windows(),
              workspace,
              workspaceOffset);
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        weights.start(block, bias, biasOffset, workspace, initial);
        int packedAt = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
        boolean finite = weights.isFinite(packed, packedAt);
        for (Phase phase : phases) {
          sum(phase, band, finite, packed, packedAt, workspace, workspaceOffset, sums, initial);
        }
        long at =
            (n * groups * targets + channel) * targetPlane + (long) bands.firstRow(band) * width;
        pixels.store(
            (bands.endRow(band) - bands.firstRow(band)) * width,
            channels,
            workspace,
            sums,
            target,
            targetOffset + at,
            residual,
            residualOffset + at,
            targetPlane);
      }
    }
  }

  /** All pixels of a phase in a band by one block of channels. */
  private void sum(
      Phase phase,
      int band,
      boolean finite,
      float[] packed,
      int packedOffset,
      float[] workspace,
      int linesOffset,
      int sums,
      int initial) {
    DirectAxis vertical = axes.vertical;
    DirectSums.Stretch stretch = phase.stretch;
    LineForm form = phase.form;
    int taps = form.taps();
    int rowSteps = stretch.rowTaps() / taps;
    int steps = stretch.taps() / taps;
    int cut = Math.max(1, stretch.cut() / taps);
    int firstWindow = bands.firstWindow(band, phase.down);
    int endWindow = bands.endWindow(band, phase.down);
    // At least once: pixels without taps get their bias.
    for (int step = 0; step == 0 || step < steps; step += cut) {
      for (Run run : phase.runs) {
        FloatLineKernel kernel = run.kernel.kernel();
        long since = run.kernel.clock(kernel);
        for (int window = firstWindow; window < endWindow; window++) {
          int from = Math.max(step, finite ? phase.firstKernelRow[window] * rowSteps : 0);
          int end = Math.min(step + cut, finite ? phase.endKernelRow[window] * rowSteps : steps);
          if (from >= end && step > 0) {
            continue;
          }
          int row = (window - band * bands.windows()) * vertical.split() + phase.row;
          int pixel =
              (vertical.element(phase.down, window) - bands.firstRow(band))
                      * axes.horizontal.target()
                  + run.column;
          kernel.accumulate(
              Math.max(end - from, 0),
              workspace,
              linesOffset + run.line + lines.row(row) + from * form.step(),
              packed,
              packedOffset + (stretch.firstTap() + from * taps) * NR,
              workspace,
              step == 0 ? initial : -1,
              sums + pixel * NR,
              axes.horizontal.step() * NR);
        }
        run.kernel.ran(kernel, since);
      }
    }
  }
}
