// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.examples.report.TrainingProgress;

/** Shows nothing. */
public final class SilentProgress implements TrainingProgress {
  @Override
  public void batchDone(int epoch, int pictures, double loss) {}

  @Override
  public void epochDone(int epoch, double loss, String test) {}

  @Override
  public void close() {}
}
