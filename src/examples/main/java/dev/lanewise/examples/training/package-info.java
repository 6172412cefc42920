// SPDX-License-Identifier: Apache-2.0
/**
 * What the training of every network has in common: its options, its epochs, checkpoints to go on
 * from after an interruption, and the record that it leaves.
 *
 * <p>A network with its data is a {@link dev.lanewise.examples.training.Learner}; a {@link
 * dev.lanewise.examples.training.TrainingRun} takes it through the epochs; a {@link
 * dev.lanewise.examples.training.TrainingSession} does so for a command, with files and lines to
 * read.
 */
package dev.lanewise.examples.training;
