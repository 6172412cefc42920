// SPDX-License-Identifier: Apache-2.0
/**
 * The digits of MNIST: its IDX files, the subset that the examples carry, and batches to learn
 * from.
 */
package dev.lanewise.examples.data;
